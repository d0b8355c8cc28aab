import type { Blocked } from '../../domain/recovery/recovery-plan.ts';
import { whatSkippingMeans } from '../../domain/recovery/skipping.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Situation } from './read-stuck.ts';

/** A plan that says that nothing may be begun. */
export const recoverBlocked = ({ stack }: Situation, { message, remedy }: { message: string; remedy: string }) =>
  new PlatformError({
    id: 'recover-blocked',
    kind: 'failed',
    message: `${message}; nothing was changed`,
    remedy,
    problems: stack.blocked.map((one) => problemOf(one, stack.id)),
  });

/** It was tried, and ended where it was. */
export const stuckAgain = ({ stack }: Situation) => {
  const { blocked, id, stackName, status } = stack;
  const last = status === 'UPDATE_ROLLBACK_FAILED' ? '--skip' : '--retain';
  return new PlatformError({
    id: 'recover-failed',
    kind: 'failed',
    message: `${stackName} is ${status} again${blocked.length > 0 ? `: ${blocked.map(({ logicalId, reason }) => `${logicalId}: ${reason}`).join('; ')}` : ''}`,
    remedy:
      blocked.length > 0
        ? `mend what it says and run platform recover ${id} again; as the last resort, platform recover ${id} ${blocked.map(({ skipName }) => `${last} ${skipName}`).join(' ')}`
        : `platform recover ${id} looks again`,
    problems: blocked.map((one) => problemOf(one, id)),
  });
};

const problemOf = ({ hurdle, logicalId, reason, type }: Blocked, stack: string): Problem => ({
  rule: hurdle.failure,
  severity: 'error',
  path: `${stack}.${logicalId}`,
  message: `${logicalId} (${type}): ${hurdle.why}. AWS says: ${reason}`,
  remedy: hurdle.mend ?? `skipped: ${whatSkippingMeans({ type, hurdle })}`,
});
