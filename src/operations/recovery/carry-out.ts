import type { Session } from '../../context.ts';
import type { Blocked, RecoveryStep } from '../../domain/recovery/recovery-plan.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { tellTraffic } from '../traffic/tell-traffic.ts';
import { clearWay, waitOut } from './clear-way.ts';
import { type DriftProof, proveByDrift } from './prove-by-drift.ts';
import { readStuck, type Situation, type Wishes } from './read-stuck.ts';
import { stuckAgain } from './recovery-errors.ts';
import { bringInLine } from './restore.ts';
import { whileUnprotected } from './unprotect.ts';

export interface Carried {
  /** Status at the end; null when the stack is gone. */
  after: string | null;
  drift?: DriftProof;
}

/**
 * Carries out the steps of a plan that was agreed to. What failed for a reason that passes is tried once more by itself;
 * any other second failure is for a person.
 */
export async function carryOut(
  session: Session,
  named: NamedStack,
  { situation, steps, wishes }: { situation: Situation; steps: readonly RecoveryStep[]; wishes: Wishes },
  check: () => void,
): Promise<Carried> {
  const { stack, region } = situation;
  const unprotected = stack.blocked.filter((one) => isAbout(steps, 'unprotect', one));
  return whileUnprotected(session, { databases: unprotected, region, stackName: stack.stackName }, async () => {
    await clearWay(session, situation, steps, check);
    check();
    await act(session, situation, steps);
    let now = await readStuck(session, named, wishes);
    if (now && passes(now)) {
      await waitOut(session, now.region, now.stack.blocked);
      check();
      await act(session, now, steps);
      now = await readStuck(session, named, wishes);
    }
    if (now && !/_COMPLETE$/.test(now.stack.status)) throw stuckAgain(now);
    const lost = resourcesOf(steps, 'restore');
    const changed = resourcesOf(steps, 'change-back');
    if (now && lost.length + changed.length > 0) {
      check();
      await bringInLine(session, { id: stack.id, region, stackName: stack.stackName, lost, changed });
      now = await readStuck(session, named, wishes);
    }
    const proves = now && steps.some((step) => step.do === 'prove');
    return {
      after: now?.stack.status ?? null,
      ...(proves ? { drift: await proveByDrift(session, now!) } : {}),
    };
  });
}

/** The one step that CloudFormation does, watched to its end. */
async function act(session: Session, { arn, region, stack }: Situation, steps: readonly RecoveryStep[]): Promise<void> {
  const { aws, clock, reporter, target } = session;
  // What has begun goes on in AWS whatever happens here.
  const regional = aws.in(region).uninterrupted();
  const { cloudFormation } = regional;
  const settle = (say: (status: string) => void) => settledStack(regional, { clock, pollMs: target.pollMs }, arn, say);
  const what = steps.find((step) =>
    ['continue-rollback', 'roll-back', 'tell-traffic', 'delete-stack'].includes(step.do),
  )?.do;
  if (steps.some((step) => step.do === 'unprotect-stack')) await cloudFormation.protect(stack.stackName, false);
  switch (what) {
    case 'continue-rollback':
      return reporter.step(`Continuing the rollback of ${stack.stackName}`, async (say) => {
        await cloudFormation.continueRollback(arn, { skip: stack.skip });
        await settle(say);
      });
    case 'roll-back':
      return reporter.step(`Rolling back ${stack.stackName}`, async (say) => {
        await cloudFormation.rollBack(arn);
        await settle(say);
      });
    case 'tell-traffic':
      return reporter.step(`Telling ${stack.stackName} where its requests go`, async () => {
        await tellTraffic(session, { id: stack.id, region, stackName: stack.stackName });
      });
    case 'delete-stack':
      return reporter.step(`Deleting ${stack.stackName}`, async (say) => {
        // Only what has resisted a deletion can be left behind by the next.
        const retain = stack.status === 'DELETE_FAILED' ? stack.retain : [];
        await cloudFormation.deleteStack(arn, { retain });
        const left = await settle(say);
        if (left && stack.retain.length > retain.length && left.StackStatus === 'DELETE_FAILED') {
          await cloudFormation.deleteStack(arn, { retain: stack.retain });
          await settle(say);
        }
      });
  }
}

/** Stuck in the same way, and everything that failed now fails for a reason that passes. */
const passes = ({ stack: { blocked, status } }: Situation): boolean =>
  /^(UPDATE_ROLLBACK|ROLLBACK|DELETE)_FAILED$/.test(status) &&
  blocked.length > 0 &&
  blocked.every(({ hurdle }) => hurdle.way === 'wait');

const resourcesOf = (steps: readonly RecoveryStep[], what: RecoveryStep['do']): string[] =>
  steps.find((step) => step.do === what)?.resource?.split(', ') ?? [];

const isAbout = (steps: readonly RecoveryStep[], what: RecoveryStep['do'], { logicalId }: Blocked): boolean =>
  steps.some((step) => step.do === what && step.resource === logicalId);
