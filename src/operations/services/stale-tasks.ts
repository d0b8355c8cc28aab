import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { secretChangedAt } from '../../domain/secrets/secret-changed-at.ts';
import { secretArnsOf } from '../../domain/secrets/secret-references.ts';
import { movesOf, type VersionMove } from '../../domain/secrets/secret-timeline.ts';
import { readAudit } from '../../release/audit-trail.ts';
import { leasePlace } from '../databases/lease-place.ts';
import { changedKeys } from '../secrets/changed-keys.ts';
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
  /** Keys that the service is given and that the secret no longer has. */
  gone?: string[];
}

export interface ServiceTasks extends DeployedService {
  /** What the service starts tasks from; undefined when ECS no longer has it. */
  definition: TaskDefinition | undefined;
  running: Task[];
  /** Empty when every task holds what its secrets hold. */
  stale: StaleSecret[];
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/**
 * Which running tasks still hold an old value: a secret is given to a container when its task starts, and never again.
 * ECS keeps no record of the version that a task got, so its age is compared: with the task's creation, which comes
 * before it asks for secrets, so that none is called fresh that is not. A task that is older than a version may still hold
 * what it says: where both versions can be read, only keys count that the service is given.
 */
export async function staleTasks(session: Powers, services: readonly DeployedService[]): Promise<ServiceTasks[]> {
  const { aws } = session;
  const read = await fewAtATime(services, async (one) => {
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
  });
  const arns = new Set(read.flatMap(({ definitions }) => definitions.flatMap(secretArnsOf)));
  const moves = arns.size > 0 ? await versionMoves(session) : [];
  const changed = new Map(
    await Promise.all([...arns].map(async (arn) => [arn, await changeOf(aws, { arn, moves })] as const)),
  );
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
  return Promise.all(found.map(async (one) => ({ ...one, stale: await reallyStale(aws, one, moves) })));
}

async function reallyStale(
  aws: Session['aws'],
  one: ServiceTasks,
  moves: readonly VersionMove[],
): Promise<StaleSecret[]> {
  const looked = await Promise.all(
    one.stale.map(async (secret) => ({ secret, keys: await changedKeys({ aws }, one, { arn: secret.arn, moves }) })),
  );
  return looked.flatMap(({ secret, keys }) => {
    if (!keys) return [secret];
    const { changed, gone } = keys;
    if (changed.length + gone.length === 0) return [];
    return [{ ...secret, keys: changed, ...(gone.length > 0 ? { gone } : {}) }];
  });
}

/** Undefined for a secret that is gone or has no value: nothing is newer than what tasks hold. */
async function changeOf(
  { secrets }: Session['aws'],
  { arn, moves }: { arn: string; moves: readonly VersionMove[] },
): Promise<{ name: string; changedAt: Date } | undefined> {
  const [secret, versions] = await Promise.all([secrets.describe(arn), secrets.versions(arn)]);
  const made = secretChangedAt(versions, secret?.LastChangedDate);
  // To the newest version one goes forward again without that Secrets Manager tells when.
  const moved = movesOf(versions, moves).map(({ at }) => at);
  const changedAt = made && new Date(Math.max(...[made, ...moved].map(Number)));
  return secret && changedAt ? { name: secret.Name!, changedAt } : undefined;
}

/** Entries of the record that are looked at. */
const MOST_MOVES = 50;

/** When `secrets restore` made which version current again, of all secrets of the environment. */
async function versionMoves(session: Powers): Promise<VersionMove[]> {
  const { objects, environment } = leasePlace(session);
  const trail = await readAudit(objects, environment, MOST_MOVES, 'secret-restored');
  return trail.map(({ at, versionId, from }) => ({ at: new Date(at), to: String(versionId), from: String(from) }));
}
