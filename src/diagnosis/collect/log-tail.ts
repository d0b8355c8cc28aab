import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { redactedLine } from '../../domain/redact.ts';
import { type Look, look } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';

export interface LogTail {
  group: string;
  stream: string;
  /** Oldest first: redacted, without escapes, each no longer than a terminal's line or two. */
  lines: readonly string[];
}

const LINES = 60;
const LINE_LENGTH = 400;

/** The last lines of a container of a task; absent where it wrote none, or does not log to CloudWatch. */
export function logTail(
  powers: LookPowers,
  { task, definition, container }: { task: Task; definition: TaskDefinition; container: string },
): Promise<Look<LogTail>> {
  const options = definition.containerDefinitions?.find(({ name }) => name === container)?.logConfiguration;
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = options?.options ?? {};
  const id = task.taskArn!.slice(task.taskArn!.lastIndexOf('/') + 1);
  return look(powers, { what: `the last lines of task ${id}`, call: 'logs:GetLogEvents' }, async () => {
    if (options?.logDriver !== 'awslogs' || group === undefined || prefix === undefined) return undefined;
    const stream = `${prefix}/${container}/${id}`;
    const events = await powers.aws.logs.lastEvents(group, stream, LINES);
    return events && { group, stream, lines: events.map(({ text }) => redactedLine(text, LINE_LENGTH)) };
  });
}
