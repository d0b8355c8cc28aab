import type { Task } from '@aws-sdk/client-ecs';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { hasDied, stoppedReasonOf } from '../../domain/task-end.ts';
import type { LogSource } from '../logs/log-sources.ts';
import type { Deployed } from '../tasks/one-off-place.ts';
import { taskIdOf } from '../tasks/run-one-off.ts';
import { scheduledTasks, startedByRule } from './scheduled-tasks.ts';

/** A task that died; part of the contract of `logs --stopped --json`. */
export interface StoppedTask {
  component: string;
  task: string;
  /** ISO 8601. */
  at: string | null;
  exitCode: number | null;
  reason: string;
}

/** The newest of them; ECS keeps stopped tasks for about an hour. */
const SHOWN = 10;

/** Tasks of these sources that ended otherwise than they should, newest first. */
export async function stoppedTasks(
  { aws }: Pick<Session, 'aws'>,
  { outputsOf }: Pick<Deployed, 'outputsOf'>,
  sources: readonly LogSource[],
): Promise<StoppedTask[]> {
  const cluster = outputsOf('runtime')[outputs.runtime.clusterName];
  if (cluster === undefined) return [];
  const stopped = await aws.ecs.tasks(cluster, { desiredStatus: 'STOPPED' });
  const died = stopped.flatMap((task) => {
    const source = sources.find((one) => isOf(task, one, outputsOf));
    return source && task.lastStatus === 'STOPPED' && hasDied(task) ? [describe(task, source)] : [];
  });
  return died.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1)).slice(0, SHOWN);
}

function isOf(
  { group, startedBy, taskDefinitionArn = '' }: Task,
  { component, prefix }: LogSource,
  outputsOf: Deployed['outputsOf'],
) {
  const once = outputsOf('tasks')[outputs.tasks.oneOffTaskDefinition(component)];
  const family = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
  if (once && family(taskDefinitionArn) === family(once)) return true;
  const own = outputsOf(`service-${component}`);
  if (scheduledTasks(own).some(({ rule }) => startedByRule(rule) === startedBy)) return true;
  const service = own[outputs.service.serviceName];
  return prefix === undefined && service !== undefined && group === `service:${service}`;
}

const describe = (task: Task, { component }: LogSource): StoppedTask => ({
  component,
  task: taskIdOf(task),
  at: task.stoppedAt?.toISOString() ?? null,
  exitCode: task.containers?.find(({ exitCode }) => exitCode !== undefined)?.exitCode ?? null,
  reason: stoppedReasonOf(task) ?? 'ECS gives no reason',
});
