import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Session } from '../context.ts';
import { secretChangedAt } from '../domain/secret-changed-at.ts';
import { secretArnsOf } from '../domain/secret-references.ts';
import { changedKeys } from './changed-keys.ts';
import type { DeployedService } from './deployed-services.ts';

/** A secret whose value is newer than tasks that were given it. */
export interface StaleSecret {
  arn: string;
  name: string;
  changedAt: Date;
  /** How many tasks run with the value before. */
  tasks: number;
  /** Keys that the service is given and whose values are others now; absent when nobody can tell which. */
  keys?: string[];
}

export interface ServiceTasks extends DeployedService {
  /** What the service starts tasks from; undefined when ECS no longer has it. */
  definition: TaskDefinition | undefined;
  running: Task[];
  /** Empty when every task holds what its secrets hold. */
  stale: StaleSecret[];
}

/**
 * Which running tasks still hold an old value: a secret is given to a container when its task starts, and never again.
 * ECS keeps no record of the version that a task got, so its age is compared: with the task's creation, which comes
 * before it asks for secrets, so that none is called fresh that is not. A task that is older than a version may still hold
 * what it says: where both versions can be read, only keys count that the service is given.
 */
export async function staleTasks(
  { aws }: Pick<Session, 'aws'>,
  services: readonly DeployedService[],
): Promise<ServiceTasks[]> {
  const read = await Promise.all(
    services.map(async (one) => {
      const [definition, running] = await Promise.all([
        aws.ecs.taskDefinition(one.service.taskDefinition!),
        aws.ecs.tasks(one.cluster, { service: one.serviceName, desiredStatus: 'RUNNING' }),
      ]);
      // Tasks of a rollout that is under way may be of another revision.
      const others = [...new Set(running.map(({ taskDefinitionArn }) => taskDefinitionArn!))].filter(
        (arn) => arn !== definition?.taskDefinitionArn,
      );
      const definitions = await Promise.all(others.map((arn) => aws.ecs.taskDefinition(arn)));
      return { ...one, definition, running, definitions: [definition, ...definitions] };
    }),
  );
  const arns = new Set(read.flatMap(({ definitions }) => definitions.flatMap(secretArnsOf)));
  const changed = new Map(await Promise.all([...arns].map(async (arn) => [arn, await changeOf(aws, arn)] as const)));
  const found = read.map(({ definitions, ...one }) => {
    const holds = (task: Task) =>
      secretArnsOf(definitions.find((each) => each?.taskDefinitionArn === task.taskDefinitionArn));
    const stale = [...arns].flatMap((arn) => {
      const change = changed.get(arn);
      if (!change) return [];
      const old = one.running.filter((task) => holds(task).includes(arn) && (task.createdAt ?? 0) <= change.changedAt);
      return old.length > 0 ? [{ arn, ...change, tasks: old.length }] : [];
    });
    return { ...one, stale };
  });
  return Promise.all(found.map(async (one) => ({ ...one, stale: await reallyStale(aws, one) })));
}

async function reallyStale(aws: Session['aws'], one: ServiceTasks): Promise<StaleSecret[]> {
  const looked = await Promise.all(
    one.stale.map(async (secret) => ({ ...secret, keys: await changedKeys({ aws }, one, secret.arn) })),
  );
  return looked
    .filter(({ keys }) => keys === undefined || keys.length > 0)
    .map(({ keys, ...secret }) => (keys ? { ...secret, keys } : secret));
}

/** Undefined for a secret that is gone or has no value: nothing is newer than what tasks hold. */
async function changeOf(
  { secrets }: Session['aws'],
  arn: string,
): Promise<{ name: string; changedAt: Date } | undefined> {
  const [secret, versions] = await Promise.all([secrets.describe(arn), secrets.versions(arn)]);
  const changedAt = secretChangedAt(versions, secret?.LastChangedDate);
  return secret && changedAt ? { name: secret.Name!, changedAt } : undefined;
}
