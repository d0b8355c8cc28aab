import { firstCause } from '../../diagnosis/diagnosis-text.ts';
import type { PlatformError } from '../../errors/platform-error.ts';
import type { StackFindings } from './stack-flight.ts';

/** More would be the same over and over. */
const REASONS = 2;

/** CloudFormation's error with what ECS says of the tasks: it only counts them (F-52). A cause says more than that. */
export function withTasks(
  failure: PlatformError,
  { sick, stopped, reasons, now, state, run, unseen }: StackFindings & { state: string; run: string },
): PlatformError {
  if (failure.id !== 'stack-failed') return failure;
  const causes = failure.details?.causes ?? [];
  const isExplained = firstCause({ causes: causes as [], unseen }) !== undefined;
  const stands = standing(state, now);
  const which = stopped === 1 ? `A task of ${sick}` : `${stopped} tasks of ${sick}`;
  return failure.with({
    message: isExplained
      ? `${failure.message}; ${stands}`
      : `${failure.message}. ${which} stopped: ${reasons.slice(0, REASONS).join('; ')}; ${stands}`,
    details: { ...failure.details, service: sick, stopped, reasons, state: stands, run, endedBy: 'aws' },
  });
}

/** How things stand now, for people. */
export const standing = (state: string, now: StackFindings['now']): string =>
  [state, now ? `${now.running} of ${now.desired} tasks run` : 'none of its tasks runs'].filter(Boolean).join(', ');
