import type { Session } from '../context.ts';
import { deletionLevels, type Retained } from '../release/destroy-plan.ts';
import { emptyState, writeState } from '../release/environment-state.ts';
import { approveDestroy } from './approve-destroy.ts';
import { checkConsumers } from './check-consumers.ts';
import { environmentStacks } from './environment-stacks.ts';
import { lazyLock } from './hold-lock.ts';
import { emptyBuckets, liftProtection } from './make-deletable.ts';
import { readStanding } from './read-standing.ts';
import { removeStack } from './remove-stack.ts';
import { stateOf } from './state-of.ts';
import { whatStays } from './what-stays.ts';

/** The contract of `destroy --json`. */
export interface DestroyOutcome {
  deleted: string[];
  retained: Retained[];
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

/** Takes an environment down, what stands on others first; says what stays and why. Safe to run again. */
export async function destroy(session: Session): Promise<DestroyOutcome> {
  const { aws, environment, flags, reporter } = session;
  const lock = await lazyLock(session, { command: 'destroy' });
  const { bucket, objects, state } = await stateOf(session);
  const standing = await reporter.step(`Looking at ${environment.name}`, async () =>
    readStanding(aws, await environmentStacks(session, state)),
  );
  await checkConsumers(session, standing);
  const confirmations = await approveDestroy(session, standing);
  const retained = async () =>
    whatStays(session, standing, (await aws.s3.bucket(bucket)) === 'exists' ? bucket : undefined);
  if (flags.dryRun)
    return {
      deleted: standing.stacks.map(({ stackName }) => stackName),
      retained: await retained(),
      dryRun: true,
      confirmations,
    };
  if (standing.stacks.length === 0) return { deleted: [], retained: await retained(), dryRun: false, confirmations };

  const hasBucket = (await aws.s3.bucket(bucket)) === 'exists';
  try {
    // Without a bucket there is nothing to deploy with either, and nobody to keep out.
    if (hasBucket) await lock.take();
    await reporter.tree(`Destroying ${environment.name}`, async (tree) => {
      for (const { id } of standing.stacks) tree.row(id, { title: id, state: 'waiting' });
      for (const level of deletionLevels(standing.stacks)) {
        await lock.confirm();
        session.signal.throwIfAborted();
        const ended = await Promise.allSettled(
          level.map(async (stack) => {
            tree.row(stack.id, { title: stack.id, state: 'running' });
            const say = (detail: string) => tree.row(stack.id, { title: stack.id, state: 'running', detail });
            // Lifted right before the stack goes, so that nothing stays unprotected that stays.
            await liftProtection(aws, standing, stack.id, say);
            await emptyBuckets(aws, standing, stack.id, say);
            await removeStack(session, stack, say);
            tree.row(stack.id, { title: stack.id, state: 'done' });
          }),
        );
        const failed = ended.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') throw failed.reason;
      }
    });
    // Zones, priorities and certificates may be chosen anew: nothing stands on them any more.
    if (hasBucket) await writeState(objects, environment.name, { ...emptyState(), certificates: state.certificates });
  } finally {
    await lock.release();
  }
  return {
    deleted: standing.stacks.map(({ stackName }) => stackName),
    retained: await retained(),
    dryRun: false,
    confirmations,
  };
}
