import type { Task } from '@aws-sdk/client-ecs';
import type { Aws } from '../../aws/aws.ts';

/** More would be the same over and over. */
const REASONS = 3;

/**
 * Why the tasks of a rollout stopped, the most frequent reason first. ECS keeps stopped tasks for about an hour and says
 * only `tasks failed to start` of the rollout itself (F-52).
 */
export async function whyTasksStopped(
  { ecs }: Pick<Aws, 'ecs'>,
  { cluster, serviceName, deployment }: { cluster: string; serviceName: string; deployment: string },
): Promise<string[]> {
  const stopped = await ecs.tasks(cluster, { service: serviceName, desiredStatus: 'STOPPED' });
  const own = stopped.filter(({ startedBy, stopCode }) => startedBy === deployment && stopCode !== 'UserInitiated');
  const counted = Map.groupBy(own.map(reasonOf), (reason) => reason);
  return [...counted]
    .filter(([reason]) => !SCHEDULER.test(reason))
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, REASONS)
    .map(([reason, all]) => (all.length > 1 ? `${all.length} tasks: ${reason}` : reason));
}

/** What ECS writes on tasks that it stops because the rollout is over: it says nothing of why. */
const SCHEDULER = /^Scaling activity initiated by/;

function reasonOf({ stoppedReason = 'no reason was given', containers = [] }: Task): string {
  const ended = containers.flatMap(({ name, exitCode, reason }) => {
    if (reason) return [`${name}: ${reason}`];
    return exitCode ? [`${name} exited with ${exitCode}`] : [];
  });
  return [stoppedReason, ...ended].join(', ');
}
