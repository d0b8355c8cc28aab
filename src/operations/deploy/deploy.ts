import type { Session } from '../../context.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { changesAnything, planText } from '../../release/describe-plan.ts';
import { environmentOutputs } from '../../release/environment-outputs.ts';
import { writeState } from '../../release/environment-state.ts';
import { checkApproved, type PlanFile } from '../../release/plan-file.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { type ToldBroadening, toldBroadenings } from '../../release/security/told-broadenings.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { unsetVariables } from '../../release/unset-variables.ts';
import { bootstrapApproved, bootstrapNeeded } from '../bootstrap/ensure-bootstrap.ts';
import { withCertificates } from '../certificates/ensure-certificates.ts';
import { checkMade, findMade } from '../change-sets/made-for.ts';
import { flightOf, type RecordedSession } from '../flight-recorder/record-run.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { type MigrationDone, migrationGate } from '../migrations/migration-gate.ts';
import { type PlannedMigration, planMigration, plannedMigrationText } from '../migrations/plan-migration.ts';
import { checkPrepared } from '../preflight/check-prepared.ts';
import { provideSecrets } from '../secrets/provide-secrets.ts';
import { buildNextSites, planSiteRollout, type SiteRollout } from '../sites/site-rollout.ts';
import type { Asked } from '../smoke/smoke.ts';
import type { ActInput } from './act-on-plan.ts';
import { takeOver } from './adopt-leftovers.ts';
import { approve, refuse } from './approve.ts';
import { type BuildDocument, buildDocument, buildLines } from './build-lines.ts';
import { carryOut } from './carry-out.ts';
import { chooseSettings } from './choose-settings.ts';
import { warnOfEndingCredentials } from './credentials-end.ts';
import { deployUnattended, deployUnproven, isSignedOut } from './deploy-ends.ts';
import { type DeploymentTime, timeOf } from './deployment-time.ts';
import { ensureApiLogRole } from './ensure-api-log-role.ts';
import { type IntendedDeployment, intendDeployment } from './intend-deployment.ts';
import { planDeployment } from './plan-deployment.ts';
import type { PreparedRelease, PrepareInput } from './prepare-release.ts';
import type { ProvenFunction } from './prove-functions.ts';
import type { ProvenSite } from './prove-sites.ts';
import { stateWith } from './record-release.ts';
import { remindReceivers } from './remind-receivers.ts';
import { repositoriesFirst } from './repositories-first.ts';
import type { ProvenService } from './service-proof.ts';
import { bringServiceRoles } from './service-roles.ts';
import { tellOfOldValues } from './tell-of-old-values.ts';
import { madeOf, versionChanges } from './version-changes.ts';
import { warnOfInactiveIn } from './warn-of-inactive.ts';

export interface DeployInput extends PrepareInput {
  commit?: string;
  dirty?: boolean;
  version: string;
  /** A plan that somebody has approved, and the file it came from. */
  approved?: { plan: PlanFile; file: string };
  /** Name of change sets that `diff` has made: they are executed, and nothing else is done than what they are of. */
  changeSet?: string;
  /** Wait as long as AWS does, even where it is hopeless. */
  waitAnyway?: boolean;
  /** False: what runs is not asked as a visitor would. */
  asks: boolean;
}

/** The contract of `deploy --json`. */
export interface DeployOutcome {
  environment: string;
  /** Null on a dry run. */
  release: { id: string; commit: string | null; images: Record<string, string> } | null;
  stacks: { name: string; action: string; seconds: number }[];
  /** Null when nothing had to be migrated. */
  migration: MigrationDone | null;
  /** What visitors would be answered; null where nobody was asked. */
  smoke: Asked | null;
  outputs: Record<string, string>;
  services: ProvenService[];
  functions: ProvenFunction[];
  sites: ProvenSite[];
  /** No container engine: containers did not really run. */
  simulated: boolean;
  /** Images that were not in the registry when it was planned. */
  builds: BuildDocument;
  unsetVariables: { path: string; what: string }[];
  /** Real seconds: what AWS took while we waited, and the rest. */
  time: DeploymentTime;
  dryRun: boolean;
  /** What a person would have to confirm by name. */
  confirmations: string[];
  /** What is let through that was not before. */
  broadens: ToldBroadening[];
}

/** Brings an environment to what is configured: look, plan, approve once, act, prove, record. Safe to run again. */
export async function deploy(session: RecordedSession, input: DeployInput): Promise<DeployOutcome> {
  const startedAt = session.clock.now();
  const lock = await lazyLock(session, { command: 'deploy', ...(input.commit ? { commit: input.commit } : {}) });
  try {
    const awaited = input.approved?.plan.builds ?? {};
    return await deployUnder(lock, session, { ...input, awaited, startedAt });
  } catch (error) {
    if (lock.taken() && isSignedOut(error)) throw deployUnattended(session.environment.name, error);
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

type Started = DeployInput & { startedAt: number };

async function deployUnder(lock: EnvironmentLock, session: RecordedSession, input: Started): Promise<DeployOutcome> {
  const { environment, flags, reporter, target } = session;
  const chosen = await reporter.step(`Looking at ${environment.name}`, () => chooseSettings(session));
  for (const notice of chosen.decisions.notices) reporter.note(notice);
  const unset = unsetVariables(environment.blocks);
  for (const { path, what } of unset) reporter.warn(`${path}: ${what}`);

  await warnOfEndingCredentials(session, chosen.access);
  const project = await session.project();
  await buildNextSites(session, { project, build: input.build, access: chosen.access });
  const made = input.changeSet === undefined ? undefined : await findMade(session, chosen.access, input.changeSet);
  const first = await planDeployment(session, chosen, input);
  if (made) await checkMade(session, made, first);
  else await repositoriesFirst(lock, session, first);
  await checkPrepared(session, first);
  const certified = await withCertificates(session, first, lock);
  await ensureApiLogRole(session, lock);
  const prepared =
    certified === first.access ? first : await planDeployment(session, { ...first, access: certified }, input);

  const place = { environment: environment.name, account: target.account, region: target.region };
  if (input.approved) checkApproved(input.approved.plan, prepared.plan, place, input.approved.file);
  if (made && prepared !== first) await checkMade(session, made, prepared);
  const approvals = approvalsFor(prepared.plan, environment, Object.keys(made?.stacks ?? {}));
  const bootstrap = await bootstrapNeeded(session, prepared.synthesis);
  const sentBack = Object.keys(prepared.access.state.movedAliases);
  const changed = changesAnything(prepared.plan) || bootstrap.length > 0 || sentBack.length > 0;
  if (sentBack.length > 0) reporter.note(`Goes forward again, having been sent back: ${sentBack.join(', ')}`);
  const migration = await planMigration(session, prepared);
  const files = await planSiteRollout(session, {
    ...input,
    project,
    access: prepared.access,
    outputsOf: before(prepared),
  });
  const told = [...(changed ? [planText(prepared.plan), ...buildLines(prepared.images)] : []), ...files.lines()];
  if (told.length > 0) reporter.note(told.join('\n'));
  if (migration) reporter.note(plannedMigrationText(migration));
  for (const warning of prepared.images.warnings) reporter.warn(warning);
  const upgrade = changed ? await versionChanges(session, prepared.released) : undefined;
  if (upgrade) reporter.note(upgrade.lines.join('\n'));
  refuse(approvals);
  await warnOfInactiveIn(session, prepared.plan.stacks);
  const common = {
    environment: environment.name,
    builds: buildDocument(prepared.images),
    unsetVariables: unset,
    confirmations: approvals.typed.map(({ name }) => name),
    broadens: toldBroadenings(prepared.plan),
  };
  const askedAt = session.clock.now();
  if (changed || migration || files.isNeeded) {
    const preapproved = input.approved?.plan.confirmations;
    await approve(session, approvals, { bootstrap, ...(preapproved ? { preapproved } : {}) });
  }
  const askedMs = session.clock.now() - askedAt;
  if (flags.dryRun) return { ...common, ...drySummary(prepared) };
  const agreed = { lock, input, prepared, approvals, bootstrap, changed, askedMs, migration, files, made };
  return { ...common, ...(await act(session, agreed)) };
}

interface Agreed extends Pick<ActInput, 'lock' | 'prepared' | 'approvals' | 'made'> {
  lock: EnvironmentLock;
  input: Started;
  bootstrap: readonly string[];
  changed: boolean;
  /** What a person took to answer: neither our time nor AWS's. */
  askedMs: number;
  migration: PlannedMigration | undefined;
  files: SiteRollout;
}

type Acted = Pick<
  DeployOutcome,
  | 'migration'
  | 'smoke'
  | 'release'
  | 'stacks'
  | 'outputs'
  | 'services'
  | 'functions'
  | 'sites'
  | 'simulated'
  | 'time'
  | 'dryRun'
>;

/** Carries out what was agreed to. Writes nothing where nothing changes and the release is proven already. */
async function act(
  session: RecordedSession,
  { lock, input, approvals, bootstrap, changed, askedMs, migration, files, ...agreed }: Agreed,
): Promise<Acted> {
  const { clock, environment } = session;
  const id = newReleaseId(clock.now());
  const { state } = agreed.prepared.access;
  const isOld = state.unproven !== undefined || state.release === undefined;
  const records = changed || migration !== undefined || files.isNeeded || isOld;
  if (records) {
    session.recorder.release(id);
    await lock.take();
  }
  await files.build();
  const said = { id, input, sites: await files.stage() };
  const begins = changed || files.isNeeded;
  const prepared = begins ? await begin(session, agreed.prepared, { ...said, bootstrap }) : agreed.prepared;

  const images = { ...prepared.images.images };
  const imagesMade = () => intendDeployment(session, prepared, { ...said, images });
  const gate = migrationGate(session, { ...input, prepared, planned: migration, lock });
  const { acted, services, functions, sites, smoke, simulated, outputsOf } = await carryOut(session, {
    id,
    prepared,
    approvals,
    ...(agreed.made ? { made: agreed.made } : {}),
    lock,
    images,
    imagesMade,
    gate,
    services: Object.keys(prepared.settings.services),
    asks: input.asks,
    ...(files.isNeeded ? { siteRollout: files } : {}),
    unproven: deployUnproven(environment.name),
    flight: flightOf(session, input),
    ...(records ? { record: { ...input, made: madeOf(prepared, input.version) } } : {}),
  });
  if (!changed && !migration) await tellOfOldValues(session, prepared.access);
  await remindReceivers(session, outputsOf('observability'));
  return {
    release: { id: records ? id : state.release!, commit: input.commit ?? null, images },
    stacks: acted.map(({ name, action, seconds }) => ({ name, action, seconds })),
    outputs: environmentOutputs(environment, outputsOf),
    services,
    functions,
    sites,
    smoke,
    simulated,
    migration: gate.done(),
    time: timeOf([...acted, gate], clock.now() - input.startedAt - askedMs),
    dryRun: false,
  };
}

/** What stacks tell as they stand now. */
const before =
  ({ plan }: PreparedRelease): OutputsOf =>
  (id) =>
    plan.stacks.find((stack) => stack.id === id)?.live?.outputs ?? {};

/** Leaves word of what is about to change, and brings along what no stack makes. Answers with the values it then has. */
async function begin(
  session: Session,
  prepared: PreparedRelease,
  { bootstrap, ...said }: IntendedDeployment<Started> & { bootstrap: readonly string[] },
): Promise<PreparedRelease> {
  const { objects } = prepared.access;
  await intendDeployment(session, prepared, said);
  await writeState(objects, session.environment.name, { ...stateWith(prepared), unproven: said.id });
  await Promise.all([bootstrapApproved(session, bootstrap), bringServiceRoles(session)]);
  const taken = await takeOver(session, prepared, (known) => planDeployment(session, known, said.input));
  const made = await provideSecrets(session, prepared.secrets);
  if (taken === prepared && !made) return prepared;
  const complete = made ? await planDeployment(session, taken, said.input) : taken;
  await intendDeployment(session, complete, said);
  return complete;
}

const drySummary = ({ plan }: PreparedRelease): Acted => ({
  release: null,
  stacks: plan.stacks.map(({ stackName, action }) => ({ name: stackName, action, seconds: 0 })),
  outputs: {},
  services: [],
  functions: [],
  sites: [],
  smoke: null,
  simulated: false,
  migration: null,
  time: { aws: 0, ours: 0 },
  dryRun: true,
});
