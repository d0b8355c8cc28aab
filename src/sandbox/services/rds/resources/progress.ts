import type { Progress } from '../../../kernel/resource-provider.ts';

/** How often CloudFormation's handlers look, in virtual milliseconds. */
const LOOK_AGAIN_MS = 15_000;

const STABLE = new Set(['available', 'stopped', 'storage-optimization']);

/** Where a step that waits for a thing to be `available` stands; undefined: the thing is gone. */
export function untilAvailable(physicalId: string, status: string | undefined): Progress {
  if (status === undefined)
    return { status: 'failed', reason: `${physicalId} disappeared while it was being made.`, code: 'NotStabilized' };
  return STABLE.has(status)
    ? { status: 'done', physicalId }
    : { status: 'pending', physicalId, afterMs: LOOK_AGAIN_MS };
}

export const untilGone = (physicalId: string, status: string | undefined): Progress =>
  status === undefined ? { status: 'done', physicalId } : { status: 'pending', physicalId, afterMs: LOOK_AGAIN_MS };

/** Templates may hold numbers and booleans as text. */
export const numberOf = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

export const booleanOf = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : String(value) === 'true';
