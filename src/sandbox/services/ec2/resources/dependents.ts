import { AwsFault } from '../../../kernel/fault.ts';
import type { Progress, ResourceContext } from '../../../kernel/resource-provider.ts';
import { defineTable } from '../../../kernel/scope.ts';

const deletions = defineTable<{ since: number }>('ec2.resource-deletions');

/**
 * CloudFormation keeps trying to delete a part of a network that something still uses (a load balancer's interfaces
 * go minutes after it) before it reports the fault. AWS publishes no limit; events that people post show 5 to 20 minutes.
 */
const TRIES_FOR_MS = 15 * 60_000;
const EVERY_MS = 15_000;

/** Deletes, again and again while there are dependents; what is gone already is done. */
export async function deleteWithPatience(
  context: ResourceContext,
  physicalId: string,
  work: () => unknown,
): Promise<Progress> {
  const { call } = context;
  const rows = deletions.in(call);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    if (!isGone(error)) {
      const since = rows.get(physicalId)?.since ?? call.world.clock.now();
      if (error.code !== 'DependencyViolation' || call.world.clock.now() - since >= TRIES_FOR_MS) {
        rows.delete(physicalId);
        throw error;
      }
      rows.put(physicalId, { since });
      return { status: 'pending', physicalId, afterMs: EVERY_MS };
    }
  }
  rows.delete(physicalId);
  return { status: 'done', physicalId };
}

export const isGone = (error: unknown): boolean =>
  error instanceof AwsFault && (/NotFound$/.test(error.code) || error.code === 'Gateway.NotAttached');
