import type { Task } from '@aws-sdk/client-ecs';
import { look, seen } from '../../diagnosis/look.ts';
import { taskIdOf } from '../tasks/run-one-off.ts';
import type { WatchPowers } from './watched-rollout.ts';

const LINES = 40;

/** What each container of a task wrote last, as far as it logs to CloudWatch and may be read. */
export async function lastLines(
  powers: Pick<WatchPowers, 'aws' | 'clock' | 'signal'>,
  task: Task,
): Promise<{ container: string; lines: string[] }[]> {
  const id = taskIdOf(task);
  const at = (call: string) => ({ what: `the last lines of task ${id}`, call });
  const definition = seen(
    await look(powers, at('ecs:DescribeTaskDefinition'), () => powers.aws.ecs.taskDefinition(task.taskDefinitionArn!)),
  );
  const read = (definition?.containerDefinitions ?? []).map(async ({ name = '', logConfiguration }) => {
    const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
    if (!group || !prefix) return [];
    const events = seen(
      await look(powers, at('logs:GetLogEvents'), () =>
        powers.aws.logs.lastEvents(group, `${prefix}/${name}/${id}`, LINES),
      ),
    );
    return events?.length ? [{ container: name, lines: events.map(({ text }) => text) }] : [];
  });
  return (await Promise.all(read)).flat();
}
