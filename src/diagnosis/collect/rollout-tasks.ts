import type { Service, Task } from '@aws-sdk/client-ecs';
import { type Look, look, seen } from '../look.ts';
import type { LookPowers, SickService } from '../sick-service.ts';

export interface RolloutTasks {
  service: Look<Service>;
  /** Those that ended, or are on their way to it, otherwise than anybody wished; newest first. */
  ended: Look<Task[]>;
  /** Newest first. */
  running: Look<Task[]>;
  /** The rollout that they are of; undefined when no task says. */
  rollout: string | undefined;
}

/** The service and the tasks of one of its rollouts: five calls. ECS keeps stopped tasks for about an hour. */
export async function rolloutTasks(powers: LookPowers, target: SickService): Promise<RolloutTasks> {
  const { cluster, serviceName, name } = target;
  const { aws } = powers;
  const tasks = (desiredStatus: 'RUNNING' | 'STOPPED', of: { service?: string; family?: string }) =>
    look(powers, { what: `the tasks of ${name}`, call: 'ecs:ListTasks' }, () =>
      aws.ecs.tasks(cluster, { desiredStatus, ...of }),
    );
  const [service, stopped, running] = await Promise.all([
    look(powers, { what: `service ${name}`, call: 'ecs:DescribeServices' }, () =>
      aws.ecs.serviceOrRemains(cluster, serviceName),
    ),
    tasks('STOPPED', { service: serviceName }),
    tasks('RUNNING', { service: serviceName }),
  ]);
  // Of a service that is gone, as after a stack's first creation, ECS lists tasks only by what they were made from.
  const remains = seen(service);
  const gone = service.state === 'absent' || remains?.status === 'INACTIVE';
  const all = gone ? await tasks('STOPPED', familyOf(remains)) : stopped;
  const own = (seen(all) ?? []).filter(({ group }) => group === `service:${serviceName}`);
  const rollout = target.deployment ?? rolloutOf(target, seen(service), own);
  const of = (list: readonly Task[]) => newestFirst(list.filter(({ startedBy }) => startedBy === rollout));
  return {
    service,
    ended: mapped(all, () => of(own).filter((task) => endedBadly(task) && isMeant(task, target))),
    running: mapped(running, of),
    rollout,
  };
}

/** Without the service nothing tells its family: then all stopped tasks of the cluster, of an hour. */
function familyOf(service: Service | undefined): { family?: string } {
  const [, family] = /task-definition\/([^:]+):\d+$/.exec(service?.taskDefinition ?? '') ?? [];
  return family === undefined ? {} : { family };
}

const isMeant = ({ taskArn = '' }: Task, { tasks }: SickService): boolean =>
  tasks === undefined || tasks.some((id) => taskArn.endsWith(`/${id}`));

/** That of the newest task which ended badly since, else the one that the service calls its own. */
function rolloutOf({ since }: SickService, service: Service | undefined, stopped: readonly Task[]): string | undefined {
  if (since === undefined) return service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  const young = stopped.filter((task) => (task.createdAt?.getTime() ?? 0) >= since && endedBadly(task));
  return newestFirst(young)[0]?.startedBy;
}

const newestFirst = (tasks: readonly Task[]): Task[] =>
  tasks.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));

/**
 * Not those that a person, the scaling or Fargate itself no longer wanted. The sentence is what ECS writes on the tasks
 * of a rollout that is over, and on those that scale-in takes away.
 */
export const endedBadly = ({ stopCode, stoppedReason = '' }: Task): boolean =>
  stopCode !== undefined && !WISHED.has(stopCode) && !/^Scaling activity initiated by/.test(stoppedReason);

const WISHED = new Set(['UserInitiated', 'SpotInterruption', 'TerminationNotice']);

const mapped = <T>(one: Look<T>, change: (value: T) => T): Look<T> =>
  one.state === 'found' ? { state: 'found', value: change(one.value) } : one;
