import { AwsFault } from '../../../kernel/fault.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { ask } from '../neighbours.ts';
import type { TaskRow } from '../state.ts';
import { driverBatches } from './driver-events.ts';

interface Logging {
  name?: string | undefined;
  logConfiguration?: { logDriver?: string | undefined; options?: Record<string, string> | undefined } | undefined;
}

/** Where the awslogs driver writes: `prefix/container/task`. Undefined for containers that log elsewhere. */
export function logStreamOf({ taskId }: TaskRow, { name, logConfiguration }: Logging) {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const group = options['awslogs-group'];
  const prefix = options['awslogs-stream-prefix'];
  if (logDriver !== 'awslogs' || !group || !prefix) return undefined;
  return { logGroupName: group, logStreamName: `${prefix}/${name}/${taskId}` };
}

/** Writes what a container says to its log stream; the stream was made when the container started. */
export async function writeLogLines(
  scope: Scope,
  { task, container, lines }: { task: TaskRow; container: Logging; lines: readonly string[] },
): Promise<void> {
  const stream = logStreamOf(task, container);
  if (!stream || lines.length === 0) return;
  try {
    for (const batch of driverBatches(lines)) {
      const logEvents = batch.map((message) => ({ timestamp: scope.world.clock.stamp(), message }));
      await ask(scope, 'logs', 'PutLogEvents', { ...stream, logEvents });
    }
  } catch (error) {
    // A group that was deleted meanwhile: the driver drops lines, the container goes on.
    if (!(error instanceof AwsFault)) throw error;
  }
}
