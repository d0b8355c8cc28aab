import type { Scope } from '../../../kernel/scope.ts';
import { taskFailed } from '../scheduler/task-failed.ts';
import { taskDefinitions, tasks } from '../state.ts';
import { essentialExited } from './end-task.ts';
import { change } from './step.ts';

interface ContainerExit {
  /** `<cluster>/<task id>`. */
  key: string;
  name: string;
  /** Null: it ended so that nobody learned its code, as when its host was lost. */
  exitCode: number | null;
  /** For example `OutOfMemoryError: Container killed due to memory usage`. */
  reason?: string;
}

/** A container ended by itself; with an essential one its task ends. Told by the runtime, in a transaction. */
export async function containerExited(scope: Scope, { key, name, exitCode, reason }: ContainerExit): Promise<void> {
  const row = tasks.in(scope).get(key);
  if (!row || row.task.desiredStatus === 'STOPPED') return;
  change(scope, key, ({ task }) => {
    const container = task.containers.find((candidate) => candidate.name === name)!;
    container.lastStatus = 'STOPPED';
    if (exitCode !== null) container.exitCode = exitCode;
    if (reason) container.reason = reason;
    // A program faster than ACTIVATING has run all the same.
    task.startedAt ??= scope.world.clock.stamp();
  });
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(row.definition)?.definition ?? {};
  const definition = containerDefinitions.find((candidate) => candidate.name === name);
  const others = row.task.containers.filter((container) => container.name !== name);
  if (!(definition?.essential ?? true) && others.some(({ lastStatus }) => lastStatus !== 'STOPPED')) return;
  if (row.service) taskFailed(scope, row);
  await essentialExited(scope, key);
}
