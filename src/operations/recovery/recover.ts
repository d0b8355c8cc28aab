import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Changed } from '../../domain/recovery/changed-back.ts';
import { planRecovery, type RecoveryStep } from '../../domain/recovery/recovery-plan.ts';
import { isGone, whatSkippingMeans } from '../../domain/recovery/skipping.ts';
import { ACCESS, accessStack } from '../access/access-stack.ts';
import { ACCOUNT, accountStack } from '../ci/account-stack.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import { stackMissing } from '../stacks/stack-missing.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { stateOf } from '../state-of.ts';
import { type Carried, carryOut } from './carry-out.ts';
import { type DriftLine, proveByDrift } from './prove-by-drift.ts';
import { readStuck, type Situation, type Wishes } from './read-stuck.ts';
import { explanation } from './recover-text.ts';
import { recoverBlocked } from './recovery-errors.ts';

export interface RecoverInput extends Wishes {
  /** Id or name of a stack. */
  stack: string;
}

/** The contract of `recover --json`. */
export interface RecoverOutcome {
  environment: string;
  stack: string;
  id: string;
  /** Null when there is no such stack. */
  before: string | null;
  after: string | null;
  cause: { id: string; type: string; reason: string } | null;
  blocked: { id: string; type: string; reason: string; failure: string; way: string; why: string; skipping: string }[];
  steps: RecoveryStep[];
  /** What every resource is compared with what the stack believes; null where nothing was compared. */
  drift: DriftLine[] | null;
  /** What is left to do, as sentences. */
  reconcile: string[];
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

const RESTS = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/;

/** Brings one stack out of the state it is stuck in: explains, asks, acts, proves. Run twice, it finds nothing to do. */
export async function recover(session: Session, { stack: wanted, ...wishes }: RecoverInput): Promise<RecoverOutcome> {
  const named = await chosenStack(session, wanted);
  return recoverStack(session, named, wishes);
}

export async function recoverStack(session: Session, named: NamedStack, wishes: Wishes): Promise<RecoverOutcome> {
  const { flags, prompter, reporter } = session;
  const lock = await lazyLock(session, { command: `recover ${named.id}` });
  const situation = await withLosses(session, await settledSituation(session, named, wishes));
  const begun = beginning(session, named, situation);
  if (!situation) return begun;
  const { steps, stop } = planRecovery(situation.stack);
  if (steps.length > 0 || stop) reporter.note(explanation(situation, steps));
  if (stop) throw recoverBlocked(situation, stop);
  const planned = { ...begun, steps, confirmations: steps.flatMap(({ confirm }) => confirm ?? []) };
  if (steps.length === 0) return { ...planned, reconcile: (situation.stack.changed ?? []).map(differing) };
  for (const step of steps) {
    if (step.class === 'TYPED') await prompter.askTyped({ text: `${capital(step.text)}.`, name: step.confirm! });
    if (step.class === 'ASK') await prompter.ask({ text: `${capital(step.text)}?` });
  }
  if (flags.dryRun) return planned;
  try {
    await lock.take();
    const carried = await carryOut(session, named, { situation, steps, wishes }, () => lock.check());
    return { ...planned, ...ending(situation, steps, { ...carried, flags: environmentFlags(session.environment) }) };
  } finally {
    await lock.release();
  }
}

/** A stack at rest is compared with what is there: something may be gone that it does not know of (F-19). */
async function withLosses(session: Session, situation: Situation | undefined): Promise<Situation | undefined> {
  if (!situation || !RESTS.test(situation.stack.status)) return situation;
  const { resources = [] } = await proveByDrift(session, situation);
  const lost = resources.filter(({ status }) => status === 'DELETED').map(({ id, type }) => ({ logicalId: id, type }));
  const changed = resources
    .filter(({ status }) => status === 'MODIFIED')
    .map(({ id, type, differences }) => ({ logicalId: id, type, differences }));
  return { ...situation, stack: { ...situation.stack, lost, changed } };
}

/** Waits for what is under way to end, because only then is it known what is to be done. */
async function settledSituation(session: Session, named: NamedStack, wishes: Wishes): Promise<Situation | undefined> {
  const { aws, clock, flags, reporter, signal, target } = session;
  const situation = await readStuck(session, named, wishes);
  const status = situation?.stack.status ?? '';
  if (!situation || !status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS' || flags.dryRun)
    return situation;
  await reporter.step(`Waiting for ${named.stackName}, which is ${status}`, (say) =>
    settledStack(aws.in(named.region), { clock, pollMs: target.pollMs, signal }, situation.arn, say),
  );
  return readStuck(session, named, wishes);
}

function beginning({ environment, flags }: Session, named: NamedStack, situation?: Situation): RecoverOutcome {
  const { cause, stack } = situation ?? {};
  const status = stack?.status ?? null;
  return {
    environment: environment.name,
    stack: named.stackName,
    id: named.id,
    before: status,
    after: status,
    cause: cause ? { id: cause.logicalId, type: cause.type, reason: cause.reason } : null,
    blocked: (stack?.blocked ?? []).map(({ hurdle, reason, skipName, type }) => ({
      id: skipName,
      type,
      reason,
      failure: hurdle.failure,
      way: hurdle.way,
      why: hurdle.why,
      skipping: whatSkippingMeans({ type, hurdle }),
    })),
    steps: [],
    drift: null,
    reconcile: [],
    dryRun: flags.dryRun,
    confirmations: [],
  };
}

function ending(
  { retained, stack }: Situation,
  steps: readonly RecoveryStep[],
  { after, drift, flags }: Carried & { flags: string },
) {
  const differ = (drift?.resources ?? []).filter(({ status }) => status === 'MODIFIED' || status === 'DELETED');
  const back = new Set((drift?.resources ?? []).filter(({ status }) => status === 'IN_SYNC').map(({ id }) => id));
  const skipped = stack.blocked.filter(({ skipName }) => stack.skip.includes(skipName) && !back.has(skipName));
  return {
    after,
    drift: drift?.resources ?? null,
    reconcile: [
      ...skipped.map(
        (one) =>
          `${one.skipName} was skipped: ${whatSkippingMeans(one)}; platform ${isGone(one) ? `recover ${stack.id} ${flags} makes it again where it is gone` : `deploy ${flags} brings it in line`}`,
      ),
      ...differ
        .filter(({ id }) => !stack.skip.includes(id))
        .map(({ id, type, status, differences }) =>
          status === 'DELETED'
            ? `${id} (${type}) is gone; take it out of the configuration and deploy, then put it back and deploy again`
            : differing({ logicalId: id, type, differences }),
        ),
      ...(steps.some((step) => step.do === 'restore')
        ? [`platform deploy ${flags} hands on the address of what was made again to whatever uses it`]
        : []),
      ...(drift?.why ? [`the resources could not be compared (${drift.why})`] : []),
      ...(after === null
        ? [
            ...retained.map(({ id, type }) => `${id} (${type}) stays and belongs to no stack any more`),
            ...stack.blocked
              .filter(({ logicalId }) => stack.retain.includes(logicalId))
              .map(
                ({ physicalId, type }) => `${physicalId} (${type}) was left behind and belongs to no stack any more`,
              ),
            `${CREATED_BY[stack.id] ?? `platform deploy ${flags}`} creates the stack again`,
          ]
        : []),
    ],
  };
}

const differing = ({ logicalId, type, differences }: Changed): string =>
  `${logicalId} (${type}) differs in ${differences.join(', ')}: change it back, or put what it is now into the configuration`;

/** Stacks that no release has. */
const CREATED_BY: Readonly<Record<string, string>> = {
  [ACCOUNT]: 'platform ci oidc, or platform deploy where APIs write logs,',
  [ACCESS]: 'platform access apply',
};

/** By our id or by the stack's name; a stack that is gone is known all the same. */
export async function chosenStack(session: Session, wanted: string): Promise<NamedStack> {
  const { state } = await stateOf(session);
  const named = [...namedStacks(session, state), accountStack(session), accessStack(session)];
  const chosen = named.find(({ id, stackName }) => id === wanted || stackName === wanted);
  if (!chosen)
    throw stackMissing(
      wanted,
      session.environment.name,
      named.map(({ id }) => id),
    );
  return chosen;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
