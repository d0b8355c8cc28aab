import type { Session } from '../../context.ts';
import { coveredMs } from '../../domain/covered-ms.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { changesAnything, planText } from '../../release/describe-plan.ts';
import { writeState } from '../../release/environment-state.ts';
import { flatOutputs } from '../../release/flat-outputs.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { toldBroadenings } from '../../release/security/told-broadenings.ts';
import { bootstrapApproved, bootstrapNeeded } from '../bootstrap/ensure-bootstrap.ts';
import { withCertificates } from '../certificates/ensure-certificates.ts';
import { flightOf, type RecordedSession } from '../flight-recorder/record-run.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { checkPrepared } from '../preflight/check-prepared.ts';
import { type ActedStack, actOnPlan } from './act-on-plan.ts';
import { takeOver } from './adopt-leftovers.ts';
import { approve, refuse } from './approve.ts';
import { chooseSettings } from './choose-settings.ts';
import type { DeployOutcome } from './deploy.ts';
import { isSignedOut, stacksUnattended } from './deploy-ends.ts';
import { planStacks } from './plan-stacks.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { stateWith } from './record-release.ts';
import { bringServiceRoles } from './service-roles.ts';

export interface DeployStacksInput {
  /** Ids of stacks, or their names in CloudFormation. */
  names: readonly string[];
  waitAnyway: boolean;
}

/** The part of the contract of `deploy --json` that there is without a release. */
export type DeployStacksOutcome = Pick<
  DeployOutcome,
  'environment' | 'release' | 'stacks' | 'outputs' | 'time' | 'dryRun' | 'confirmations' | 'broadens'
>;

/**
 * Brings foundations to what is configured, with all that they wait for, and nothing that is rolled out. It only adds:
 * what the running release may still use is taken away by the next whole deployment, as ever. No release is made.
 */
export async function deployStacks(session: RecordedSession, input: DeployStacksInput): Promise<DeployStacksOutcome> {
  const lock = await lazyLock(session, { command: `deploy ${input.names.join(' ')}` });
  try {
    return await deployUnder(lock, session, input);
  } catch (error) {
    if (lock.taken() && isSignedOut(error)) throw stacksUnattended(session.environment, input.names, error);
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

async function deployUnder(
  lock: EnvironmentLock,
  session: RecordedSession,
  input: DeployStacksInput,
): Promise<DeployStacksOutcome> {
  const { clock, environment, flags, reporter } = session;
  const startedAt = clock.now();
  const chosen = await reporter.step(`Looking at ${environment.name}`, () => chooseSettings(session));
  const first = await planStacks(session, chosen, input.names);
  const access = usesCertificates(first) ? await withCertificates(session, first, lock) : first.access;
  const prepared = access === first.access ? first : await planStacks(session, { ...chosen, access }, input.names);
  await checkPrepared(session, prepared);
  const approvals = approvalsFor(prepared.plan, environment);
  const bootstrap = await bootstrapNeeded(session, onlyOf(prepared).synthesis);
  const changed = changesAnything(prepared.plan) || bootstrap.length > 0;
  if (changed) reporter.note(planText(prepared.plan));
  if (prepared.wide.size > 0)
    reporter.note(
      `What ${[...prepared.wide.keys()].join(', ')} no longer asks for stays until the next whole deployment: the running release may use it`,
    );
  refuse(approvals);
  const common = {
    environment: environment.name,
    release: null,
    broadens: toldBroadenings(prepared.plan),
    confirmations: approvals.typed.map(({ name }) => name),
  };
  const askedAt = clock.now();
  if (changed) await approve(session, approvals, { bootstrap });
  const askedMs = clock.now() - askedAt;
  if (flags.dryRun || !changed) {
    const stacks = prepared.plan.stacks.map(({ stackName, action }) => ({ name: stackName, action, seconds: 0 }));
    return {
      ...common,
      stacks,
      outputs: outputsOf(session, prepared, new Map()),
      time: { aws: 0, ours: 0 },
      dryRun: flags.dryRun,
    };
  }

  await lock.take();
  await rememberChoices(session, prepared);
  await Promise.all([bootstrapApproved(session, bootstrap), bringServiceRoles(session)]);
  const taken = await takeOver(session, prepared, (known) => planStacks(session, known, input.names));
  const acted = await actOnPlan(session, {
    prepared: taken,
    approvals,
    wide: taken.wide,
    lock,
    changeSetName: `platform-${newReleaseId(clock.now())}`,
    images: {},
    flight: flightOf(session, input),
  });
  const awsMs = coveredMs([...acted.values()].flatMap(({ waited }) => waited));
  return {
    ...common,
    stacks: [...acted.values()].map(({ name, action, seconds }) => ({ name, action, seconds })),
    outputs: outputsOf(session, taken, acted),
    time: { aws: awsMs / 1000, ours: (clock.now() - startedAt - askedMs - awsMs) / 1000 },
    dryRun: false,
  };
}

const onlyOf = ({ plan, synthesis }: PreparedRelease) => ({
  synthesis: { ...synthesis, stacks: synthesis.stacks.filter(({ id }) => plan.stacks.some((one) => one.id === id)) },
});

const usesCertificates = (prepared: PreparedRelease): boolean =>
  onlyOf(prepared).synthesis.stacks.some(({ parameters }) =>
    Object.values(parameters).some((source) => source.from === 'state' && source.key.startsWith('certificate/')),
  );

/** What these stacks are made of must be found again; priorities of rules are left to the deployment that needs them. */
async function rememberChoices({ environment }: Session, prepared: PreparedRelease): Promise<void> {
  const { state, objects } = prepared.access;
  const { availabilityZones, engineVersions, parameters, stacks } = stateWith(prepared);
  await writeState(objects, environment.name, { ...state, availabilityZones, engineVersions, parameters, stacks });
}

const outputsOf = (
  { environment }: Session,
  { plan }: PreparedRelease,
  acted: ReadonlyMap<string, ActedStack>,
): Record<string, string> =>
  flatOutputs(
    environment.blocks,
    (id) => acted.get(id)?.outputs ?? plan.stacks.find((stack) => stack.id === id)?.live?.outputs ?? {},
  );

/** What a deployment of stacks says when it is done. */
export function deployStacksText(
  { environment, stacks, dryRun, confirmations }: DeployStacksOutcome,
  flags: string,
): string {
  const changed = stacks.filter(({ action }) => action !== 'none').map(({ name }) => name);
  if (changed.length === 0) return `${stacks.map(({ name }) => name).join(', ')}: as configured, nothing changed`;
  if (!dryRun)
    return `${changed.join(', ')}: as configured now. No release was made: platform deploy ${flags} brings ${environment} up as a whole`;
  const needs =
    confirmations.length > 0 ? `\nIt needs ${confirmations.map((name) => `--confirm ${name}`).join(' ')}` : '';
  return `Would change ${changed.join(', ')}; nothing was changed${needs}`;
}
