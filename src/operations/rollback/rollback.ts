import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { changesAnything, planText } from '../../release/describe-plan.ts';
import { writeState } from '../../release/environment-state.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { type ToldBroadening, toldBroadenings } from '../../release/security/told-broadenings.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import type { ActInput } from '../deploy/act-on-plan.ts';
import { takeOver } from '../deploy/adopt-leftovers.ts';
import { approve, refuse } from '../deploy/approve.ts';
import { carryOut } from '../deploy/carry-out.ts';
import { intend } from '../deploy/intend.ts';
import { planAtRest } from '../deploy/plan-deployment.ts';
import type { ProvenFunction } from '../deploy/prove-functions.ts';
import { stateWith } from '../deploy/record-release.ts';
import type { ProvenService } from '../deploy/service-proof.ts';
import { warnOfInactiveIn } from '../deploy/warn-of-inactive.ts';
import { flightOf, type RecordedSession } from '../flight-recorder/record-run.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { planSiteRestore, type SiteRestore } from '../sites/site-restore.ts';
import { chooseRollback, type RollbackChoice } from './choose-rollback.ts';
import { type PreparedRollback, prepareRollback } from './prepare-rollback.ts';
import { wayBackProblems } from './way-back-problems.ts';

export interface RollbackInput {
  /** As platform.yaml called it; absent: the whole environment. */
  service?: string;
  /** Id of a release; absent: the one before. */
  to?: string;
  version: string;
  /** Wait as long as AWS does, even where it is hopeless. */
  waitAnyway?: boolean;
}

/** The contract of `rollback --json`. */
export interface RollbackOutcome {
  environment: string;
  rollback: { to: string; from: string; service: string | null };
  /** The release that the rollback made; null when nothing differs, and on a dry run. */
  release: { id: string; commit: string | null; images: Record<string, string> } | null;
  stacks: { name: string; action: string; seconds: number }[];
  services: ProvenService[];
  functions: ProvenFunction[];
  /** Releases of the files that were brought back, by site. */
  siteFiles: Record<string, string>;
  /** Releases since that migrated a database: what they changed in it stays. */
  migratedSince: string[];
  simulated: boolean;
  dryRun: boolean;
  /** What a person would have to confirm by name. */
  confirmations: string[];
  /** What is let through that was not before. */
  broadens: ToldBroadening[];
}

/**
 * Brings an earlier release back: its stored templates and parameters, deployed and proven like any other release. Takes
 * nothing away from what holds state, runs no migration, and leaves counts as scaling has them. Running it again is safe:
 * where nothing differs any more nothing is changed.
 */
export async function rollback(session: RecordedSession, input: RollbackInput): Promise<RollbackOutcome> {
  const lock = await lazyLock(session, { command: 'rollback' });
  try {
    return await rollbackUnder(lock, session, input);
  } catch (error) {
    throw (await lock.cancelled(error)) ?? ownWords(error, session, input);
  } finally {
    await lock.release();
  }
}

async function rollbackUnder(
  lock: EnvironmentLock,
  session: RecordedSession,
  input: RollbackInput,
): Promise<RollbackOutcome> {
  const { environment, flags, reporter } = session;
  const { service } = input;
  const choice = await reporter.step(`Looking at the releases of ${environment.name}`, () =>
    chooseRollback(session, input),
  );
  tellOfDone(session, choice);
  const prepared = await planAtRest(session, () => prepareRollback(session, choice, service));
  const { plan } = prepared;
  const files = await planFiles(session, choice, { service, prepared });
  const changed = changesAnything(plan) || files.isNeeded;
  const migratedSince = choice.since.flatMap(({ id, migration }) => (migration ? [id] : []));
  const approvals = approvalsFor(plan, environment);
  const common = {
    environment: environment.name,
    rollback: { to: choice.to.id, from: choice.from, service: service ?? null },
    migratedSince,
    dryRun: flags.dryRun,
    confirmations: approvals.typed.map(({ name }) => name),
    broadens: toldBroadenings(plan),
  };
  const stacks = plan.stacks.map(({ stackName, action }) => ({ name: stackName, action, seconds: 0 }));
  const untouched = {
    ...common,
    release: null,
    stacks,
    services: [],
    functions: [],
    siteFiles: files.releases,
    simulated: false,
  };
  const isOpen = choice.access.state.unproven !== undefined;
  if (!changed && !isOpen) return untouched;

  if (changed) reporter.note([...(changesAnything(plan) ? [planText(plan)] : []), ...files.lines()].join('\n'));
  const problems = await wayBackProblems(session, prepared);
  if (problems.length > 0) throw noWayBack(choice, environment.name, problems);
  refuse(approvals);
  await warnOfInactiveIn(session, plan.stacks);
  tellOfMigrations(session, migratedSince);
  if (changed) await approve(session, approvals, { bootstrap: [], question: questionOf(choice, service) });
  if (flags.dryRun) return untouched;
  return { ...common, ...(await act(session, { lock, prepared, approvals, choice, input, files })) };
}

interface Agreed extends Pick<ActInput, 'approvals'> {
  lock: EnvironmentLock;
  prepared: PreparedRollback;
  choice: RollbackChoice;
  input: RollbackInput;
  files: SiteRestore;
}

type Acted = Pick<RollbackOutcome, 'release' | 'stacks' | 'services' | 'functions' | 'siteFiles' | 'simulated'>;

async function act(
  session: RecordedSession,
  { lock, prepared: agreed, approvals, choice, input, files }: Agreed,
): Promise<Acted> {
  const { cdk, clock, environment } = session;
  const { access, plan, images, others } = agreed;
  const startedAt = clock.now();
  const id = newReleaseId(startedAt);
  const { service, version } = input;
  const { commit, dirty } = choice.to;
  const names = plan.stacks.flatMap((stack) =>
    stack.id.startsWith('service-') && stack.action !== 'delete' ? [stack.id.slice('service-'.length)] : [],
  );
  const wanted = service === undefined ? names : [service];
  const made = {
    startedAt,
    version,
    // What runs in the whole environment is of one commit, after a service alone went back it is not.
    ...(commit && service === undefined ? { commit, ...(dirty === undefined ? {} : { dirty }) } : {}),
    rollback: { to: choice.to.id, from: choice.from, ...(service ? { service } : {}) },
  };
  session.recorder.release(id);
  await lock.take();
  const { objects } = access;
  const sites = files.releases;
  const intention = { ...made, id, asked: {}, services: wanted, sites, images: images.images, others };
  await intend(session, { ...intention, prepared: agreed });
  const unprovenRollback = { to: choice.to.id, ...(service ? { service } : {}) };
  await writeState(objects, environment.name, { ...stateWith(agreed), unproven: id, unprovenRollback });
  const again = () => planAtRest(session, () => prepareRollback(session, choice, service));
  const prepared = await takeOver(session, agreed, again);
  if (prepared !== agreed) await intend(session, { ...intention, prepared });
  const { synthesis } = prepared;
  await cdk.writeStored(synthesis.directory, synthesis.stacks, environment.blocks.bootstrap.qualifier);

  const { acted, services, functions, simulated } = await carryOut(session, {
    id,
    prepared,
    approvals,
    lock,
    images: { ...images.images },
    services: wanted,
    // Of a service alone nothing is said about the rest.
    withFunctions: service === undefined,
    unproven: unproven(environment),
    flight: flightOf(session, input),
    ...(files.isNeeded ? { siteRollout: files } : {}),
    record: {
      ...made,
      others,
      ...(service === undefined && choice.to.made ? { made: choice.to.made } : {}),
      ...(service !== undefined && choice.running?.functions ? { functionsBefore: choice.running.functions } : {}),
    },
  });
  return {
    release: { id, commit: service === undefined ? (commit ?? null) : null, images: images.images },
    stacks: acted.map(({ name, action, seconds }) => ({ name, action, seconds })),
    services,
    functions,
    siteFiles: sites,
    simulated,
  };
}

/** The files that visitors got then. Those of a service alone are nobody's. */
async function planFiles(
  session: Session,
  { to, access }: RollbackChoice,
  { service, prepared }: { service: string | undefined; prepared: PreparedRollback },
): Promise<SiteRestore> {
  const outputsOf: OutputsOf = (id) => prepared.plan.stacks.find((stack) => stack.id === id)?.live?.outputs ?? {};
  const sites = service === undefined ? to.sites : {};
  const { restore, notKept } = await planSiteRestore(session, access, { sites, outputsOf });
  for (const site of notKept)
    session.reporter.warn(
      `The files of sites.${site} as of release ${to.id} are not kept, so its pages stay as they are; build them of ${to.commit?.slice(0, 10) ?? 'its commit'} with platform site deploy ${site}`,
    );
  return restore;
}

/** A schema is not taken back by a rollback: whether the earlier code can live with it only a person knows. */
function tellOfMigrations(
  { environment, reporter }: Pick<Session, 'environment' | 'reporter'>,
  ids: readonly string[],
): void {
  if (ids.length === 0) return;
  const which = ids.length === 1 ? `release ${ids[0]}` : `releases ${ids.join(', ')}`;
  reporter.warn(
    `The database was migrated since, by ${which}: that stays, and the earlier code meets the newer schema. platform migrate --down ${environmentFlags(environment)} takes it back where the migrations can`,
  );
}

const questionOf = ({ to }: RollbackChoice, service: string | undefined): string =>
  `Roll ${service ?? 'all of it'} back to release ${to.id}${to.commit ? ` (commit ${to.commit.slice(0, 10)})` : ''}`;

/** What was cancelled in the middle goes on with the same command: a deployment would go forward again. */
function ownWords(error: unknown, { environment }: Pick<Session, 'environment'>, { service }: RollbackInput): unknown {
  if (!(error instanceof PlatformError) || error.id !== 'deploy-cancelled') return error;
  const again = `platform rollback ${service ? `${service} ` : ''}${environmentFlags(environment)}`;
  return new PlatformError({
    id: 'rollback-cancelled',
    kind: 'failed',
    message: `The rollback is not complete. ${error.message}`,
    remedy: `${again} goes on to the same release; platform status ${environmentFlags(environment)} shows how the stacks stand`,
    cause: error,
  });
}

/** Typed twice is not undone: whoever wants to go on from there says where to. */
function tellOfDone({ environment, reporter }: Pick<Session, 'environment' | 'reporter'>, { done }: RollbackChoice) {
  if (!done?.rollback) return;
  const { from, to } = done.rollback;
  reporter.note(
    `Release ${done.id} went back from ${from} to ${to}, and this makes sure of that. platform rollback ${environmentFlags(environment)} --to ${from} goes forward again, --to an earlier release further back`,
  );
}

const unproven = (environment: Session['environment']) =>
  new PlatformError({
    id: 'rollback-unproven',
    kind: 'failed',
    message: `Stopped while ${environment.name} was being proven: its stacks are as that release left them, what runs may not be yet`,
    remedy: `platform deploy --attach ${environmentFlags(environment)} proves it`,
  });

const noWayBack = ({ to }: RollbackChoice, environment: string, problems: readonly Problem[]) =>
  new PlatformError({
    id: 'rollback-blocked',
    kind: 'failed',
    message: `The way back of ${environment} to release ${to.id} does not exist as it is; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
