import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Tree } from '../../io/reporter.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import { deletionLevels, type Retained } from '../../release/destroy-plan.ts';
import { emptyState, writeState } from '../../release/environment-state.ts';
import { type LedgerEntry, mergeLedger, readLedger, retainedOf, writeLedger } from '../../release/ledger.ts';
import { removeNames } from '../dns/write-names.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { environmentStacks } from '../stacks/environment-stacks.ts';
import { readStanding, type Standing } from '../stacks/read-standing.ts';
import { type StateAccess, stateOf } from '../state-of.ts';
import { approveDestroy, type FullRepository } from './approve-destroy.ts';
import { checkConsumers } from './check-consumers.ts';
import { destroyStack } from './destroy-stack.ts';
import { expectedSnapshots } from './expected-snapshots.ts';
import { findStrays } from './find-strays.ts';
import { keptForOthers } from './kept-for-others.ts';
import { keptRoleStacks } from './kept-role-stacks.ts';
import { isRemovable, lookAtLeft, removeLeft } from './left-things.ts';
import { foreignServices, looseTasks, requireOwnServices, requireOwnTasks } from './stop-own-tasks.ts';
import { DATABASES, whatStays } from './what-stays.ts';
import { withoutGround } from './without-ground.ts';

/** The contract of `destroy --json`. */
export interface DestroyOutcome {
  deleted: string[];
  retained: Retained[];
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

export interface DestroyInput {
  /** Image repositories too, which stay otherwise. */
  images: boolean;
}

/** Takes an environment down, what stands on others first; says what stays and why. Safe to run again. */
export async function destroy(session: Session, { images }: DestroyInput): Promise<DestroyOutcome> {
  const { aws, environment, flags, reporter } = session;
  const lock = await lazyLock(session, { command: 'destroy' });
  const access = await stateOf(session);
  const [bucket, roleStacks] = await Promise.all([aws.s3.bucket(access.bucket), keptRoleStacks(session)]);
  const hasBucket = bucket === 'exists';
  const known = hasBucket ? await readLedger(access.objects, environment.name) : [];
  const { standing, ground } = await reporter.step(`Looking at ${environment.name}`, async () =>
    withoutGround(session, await readStanding(aws, await environmentStacks(session, access.state)), known),
  );
  for (const { id, reason } of ground) reporter.note(`${id} stays: ${reason}`);
  await checkConsumers(session, standing);
  requireOwnServices(await foreignServices(session, standing), environment.name);
  requireOwnTasks(await looseTasks(session, standing), standing, environment.name);
  const repositories = images ? await fullRepositories(session, standing) : [];
  const confirmations = await approveDestroy(session, standing, repositories);
  const deleted = standing.stacks.map(({ stackName }) => stackName);
  const planned = mergeLedger(known, await whatStays(session, standing));
  const place = { environment: environment.name, flags: environmentFlags(environment), removable: isRemovable };
  const kept = hasBucket ? await keptForOthers(session, access) : [];
  const outcome = async (left: readonly LedgerEntry[]): Promise<DestroyOutcome> => ({
    deleted,
    retained: [...left.map((entry) => retainedOf(entry, place)), ...ground, ...roleStacks, ...kept],
    dryRun: flags.dryRun,
    confirmations,
  });
  if (flags.dryRun) {
    const left = await outcome(planned.filter(({ id }) => !repositories.some((one) => one.physicalId === id)));
    return { ...left, retained: [...expectedSnapshots(session, standing), ...left.retained] };
  }
  const { certificates, engineVersions, availabilityZones, stacks } = access.state;
  const forgotten = {
    ...emptyState(),
    certificates,
    // A database that stays is taken over as it is, in the zones that it is in.
    ...([...known, ...planned].some(({ type }) => DATABASES.has(type)) ? { engineVersions } : {}),
    ...(ground.length > 0 && stacks.network ? { availabilityZones, stacks: { network: stacks.network } } : {}),
  };
  // A run that was cut off after its last stack has left nothing but its word to be taken back.
  const isDown = standing.stacks.length === 0;
  if (isDown && canonicalJson(access.state) === canonicalJson(forgotten))
    return outcome(await stillLeft(session, planned));

  try {
    if (hasBucket) {
      // Without a bucket there is nothing to deploy with either, and nobody to keep out.
      await lock.take();
      // Written first: what an interrupted run has taken down cannot say any more what it left.
      await writeLedger(access.objects, environment.name, planned);
    }
    await removeNames(session, access.state);
    const takeDown = async (tree: Tree) => {
      for (const { id } of standing.stacks) tree.row(id, { title: id, state: 'waiting' });
      for (const level of deletionLevels(standing.stacks)) {
        await lock.confirm();
        session.signal.throwIfAborted();
        const ended = await Promise.allSettled(level.map((stack) => destroyStack(session, standing, stack, tree)));
        const failed = ended.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') throw failed.reason;
      }
    };
    if (!isDown) await reporter.tree(`Destroying ${environment.name}`, takeDown);
    const left = await clearUp(session, { standing, access, planned, repositories });
    if (hasBucket) {
      await writeLedger(access.objects, environment.name, left);
      // Zones, priorities and certificates may be chosen anew: nothing stands on them any more.
      await writeState(access.objects, environment.name, forgotten);
    }
    return await outcome(left);
  } finally {
    await lock.release();
  }
}

/**
 * What goes once the stacks are gone: repositories that were asked for, and log groups that a service wrote to once more
 * after their deletion, which was agreed to (F-141). Answers with what is left then.
 */
async function clearUp(
  session: Session,
  {
    standing,
    access,
    planned,
    repositories,
  }: { standing: Standing; access: StateAccess; planned: LedgerEntry[]; repositories: readonly FullRepository[] },
): Promise<LedgerEntry[]> {
  const { aws, reporter } = session;
  for (const { physicalId, region } of repositories)
    await reporter.step(`Deleting ${physicalId}`, () => aws.in(region).ecr.deleteRepository(physicalId));
  const strays = await findStrays(session, access.state);
  const gone = new Set(standing.resources.filter(({ fate }) => fate === 'deleted').map(({ physicalId }) => physicalId));
  for (const stray of strays.filter(({ id }) => gone.has(id))) await removeLeft(aws, stray, () => undefined);
  const snapshots = await whatStays(session, standing);
  return stillLeft(session, mergeLedger(mergeLedger(strays, planned), snapshots));
}

async function stillLeft({ aws }: Pick<Session, 'aws'>, entries: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const looked = await Promise.all(entries.map((entry) => lookAtLeft(aws, entry)));
  return looked.filter((entry) => entry !== undefined).map(({ holds: _, goes: __, ...entry }) => entry);
}

async function fullRepositories({ aws }: Pick<Session, 'aws'>, { resources }: Standing): Promise<FullRepository[]> {
  const found = resources.filter(({ type, fate }) => type === 'AWS::ECR::Repository' && fate === 'retained');
  return Promise.all(
    found.map(async (one) => ({ ...one, images: (await aws.in(one.region).ecr.imageCount(one.physicalId)) ?? 0 })),
  );
}
