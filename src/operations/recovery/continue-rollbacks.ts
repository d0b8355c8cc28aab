import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stateOf } from '../state-of.ts';
import { chosenStack, type RecoverOutcome, recoverStack } from './recover.ts';

const STUCK = 'UPDATE_ROLLBACK_FAILED';

/** The contract of `rollback continue --json`. */
export interface ContinueOutcome {
  environment: string;
  stacks: RecoverOutcome[];
  dryRun: boolean;
}

/** Continues the rollbacks that got stuck, one after the other; stacks in any other state are left alone. */
export async function continueRollbacks(
  session: Session,
  { stack, skip }: { stack?: string; skip: readonly string[] },
): Promise<ContinueOutcome> {
  const { environment, flags } = session;
  if (stack === undefined && skip.length > 0) throw skipWithoutStack(skip);
  const chosen = stack === undefined ? await stuckStacks(session) : await ifStuck(session, stack);
  const outcome: ContinueOutcome = { environment: environment.name, stacks: [], dryRun: flags.dryRun };
  for (const named of chosen) outcome.stacks.push(await recoverStack(session, named, { skip, retain: [] }));
  return outcome;
}

async function stuckStacks(session: Session): Promise<NamedStack[]> {
  const { state } = await stateOf(session);
  const found = await findStacks(session, state);
  return found.filter(({ stack }) => stack.StackStatus === STUCK);
}

async function ifStuck(session: Session, wanted: string): Promise<NamedStack[]> {
  const named = await chosenStack(session, wanted);
  const stack = await session.aws.in(named.region).cloudFormation.stack(named.stackName);
  const status = stack?.StackStatus;
  if (status && status !== STUCK && /FAILED$|^ROLLBACK_COMPLETE$|^REVIEW_IN_PROGRESS$/.test(status))
    throw otherWay(named, status);
  return status === STUCK ? [named] : [];
}

const skipWithoutStack = (skip: readonly string[]) =>
  new PlatformError({
    id: 'skip-without-stack',
    kind: 'usage',
    message: `--skip ${skip[0]} does not say of which stack`,
    remedy: 'name the stack: platform rollback continue <stack> --skip <resource>',
  });

const otherWay = ({ id, stackName }: NamedStack, status: string) =>
  new PlatformError({
    id: 'rollback-not-stuck',
    kind: 'failed',
    message: `${stackName} is ${status}: there is no rollback to continue`,
    remedy: `platform recover ${id} shows the way out of this state`,
  });
