import type { RecoveryStep } from '../../domain/recovery/recovery-plan.ts';
import { whatSkippingMeans } from '../../domain/recovery/skipping.ts';
import type { ContinueOutcome } from './continue-rollbacks.ts';
import type { DriftLine } from './prove-by-drift.ts';
import type { Situation } from './read-stuck.ts';
import type { RecoverOutcome } from './recover.ts';

/** What happened, by what it is known, and what is going to be done: before anybody is asked for anything. */
export function explanation({ cause, retained, stack }: Situation, steps: readonly RecoveryStep[]): string {
  const { blocked, everStood, stackName, status } = stack;
  return [
    `${stackName} is ${status}${HISTORY[everStood]}.`,
    ...(cause ? [`  It began with ${cause.logicalId} (${cause.type}): ${oneLine(cause.reason)}`] : []),
    ...blocked.flatMap(({ hurdle, physicalId, reason, skipName, type }) => [
      `  ${skipName} (${type}, ${physicalId}): ${hurdle.why} (${hurdle.failure})`,
      ...(reason === '' ? [] : [`    AWS says: ${oneLine(reason)}`]),
      ...(status === 'UPDATE_ROLLBACK_FAILED' ? [`    skipped: ${whatSkippingMeans({ type, hurdle })}`] : []),
    ]),
    ...retained.map(({ id, type }) => `  ${id} (${type}) stays, whatever becomes of the stack`),
    ...(steps.length > 0 ? ['What is to be done:'] : []),
    ...steps.map(({ class: who, text }, index) => `  ${index + 1}. ${text}${who === 'TELL' ? ' (yours to do)' : ''}`),
  ].join('\n');
}

const HISTORY = {
  yes: '; it has stood before',
  no: '; it has never stood',
  unknown: '; whether it has ever stood can no longer be told, so it is treated as if it had',
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The answer of `recover`. */
export function recoverText({
  after,
  before,
  drift,
  dryRun,
  confirmations,
  reconcile,
  stack,
  steps,
}: RecoverOutcome): string {
  const left = reconcile.length > 0 ? ['Left to do:', ...reconcile.map((one) => `  ${one}`)] : [];
  if (steps.length === 0)
    return left.length > 0
      ? [`${stack} is ${before}, and not all of it is as it says`, ...left].join('\n')
      : `${stack} is ${before ?? 'not there'}: there is nothing to do`;
  if (dryRun)
    return [
      `${stack} is ${before}; ${steps.length === 1 ? 'one step' : `${steps.length} steps`} would bring it out`,
      ...(confirmations.length > 0 ? [`It needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}`] : []),
    ].join('\n');
  return [`${stack} was ${before} and is ${after ?? 'gone'}`, ...(drift ? [driftText(drift)] : []), ...left].join('\n');
}

function driftText(drift: readonly DriftLine[]): string {
  const differ = drift.filter(({ status }) => status === 'MODIFIED' || status === 'DELETED').length;
  const compared = drift.filter(({ status }) => status !== 'NOT_CHECKED').length;
  return differ === 0
    ? `Proof: ${compared} of ${drift.length} resources compared, and each is what the stack believes`
    : `Proof: ${differ} of ${compared} resources compared are not what the stack believes`;
}

/** The answer of `rollback continue`. */
export const continueText = ({ environment, stacks }: ContinueOutcome): string =>
  stacks.length === 0
    ? `No rollback of ${environment} is stuck: there is nothing to do`
    : stacks.map(recoverText).join('\n');
