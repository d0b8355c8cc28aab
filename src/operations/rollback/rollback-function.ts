import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { versionLine } from '../../domain/version-line.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeState } from '../../release/environment-state.ts';
import {
  newReleaseId,
  type ReleaseRecord,
  readRelease,
  releaseIds,
  writeRelease,
} from '../../release/release-record.ts';
import { proveFunctions } from '../deploy/prove-functions.ts';
import type { RecordedSession } from '../flight-recorder/record-run.ts';
import { type DeployedFunction, deployedFunctions } from '../functions/deployed-functions.ts';
import { failedCalls } from '../functions/failed-calls.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { readersOfPaused } from '../queues/pause-queue.ts';
import { type StateAccess, stateOf } from '../state-of.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { chosenRelease } from './releases.ts';
import type { RollbackOutcome } from './rollback.ts';
import { tellStackOfAlias, untoldAlias } from './tell-stack-of-alias.ts';
import { callsOf, type VersionCount, versionCounts } from './version-counts.ts';
import { baselineOf, stillFailing, stillFails, type WatchedVersion, watchVersion } from './watch-version.ts';

export interface RollbackFunctionInput {
  /** As platform.yaml calls it. */
  name: string;
  /** Id of a release; absent: the newest that ran another version. */
  to?: string;
  /** How long its calls are watched afterwards; absent: some minutes, where anybody calls it. */
  watchMs?: number;
  version: string;
}

/** The contract of `rollback <function> --json`. */
export type FunctionRollback = RollbackOutcome & {
  /** Until all traffic was on the version that was wanted. */
  seconds: number;
  /** The versions that releases on record ran, newest first. */
  versions: VersionCount[];
  /** Null where nobody watched. */
  watched: WatchedVersion | null;
};

const WATCH_MS = 3 * 60_000;
/** Whom nobody called in this time is not watched unasked. */
const CALLED_MINUTES = 15;

/** Further back nobody looks without being told where. */
const LOOK_BACK = 100;
const VERSIONS_SHOWN = 5;

/**
 * Points the alias of one function to the version that an earlier release ran: seconds, nothing is deployed (S4-126,
 * S4-130, S4-133), and watches how it does (S4-134). The stack keeps its version, so the next deployment goes forward again.
 */
export async function rollbackFunction(
  session: RecordedSession,
  input: RollbackFunctionInput,
): Promise<FunctionRollback> {
  const lock = await lazyLock(session, { command: 'rollback' });
  try {
    return await rollbackUnder(lock, session, input);
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

async function rollbackUnder(
  lock: EnvironmentLock,
  session: RecordedSession,
  { name, to, watchMs, version }: RollbackFunctionInput,
): Promise<FunctionRollback> {
  const { aws, clock, environment, flags, prompter, recorder, reporter, target } = session;
  const startedAt = clock.now();
  const access = await stateOf(session);
  const { outputsOf } = await deployed(session);
  const fn = deployedFunctions(outputsOf, Object.keys(environment.blocks.functions)).find((one) => one.name === name);
  const live = access.state.release;
  const running = live === undefined ? undefined : await readRelease(access.objects, environment.name, live);
  const alias = fn && (await aws.lambda.alias(fn.functionName, 'live'));
  if (!fn || !running || !alias) throw notDeployed(name, environment.name);

  const now = alias.FunctionVersion!;
  if (Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) throw shifting(name, environment);

  const known = await versionsOnRecord(session, access, { fn, now, live: running.id });
  // Sent back already: again is no further, and one that was cut off comes to its end.
  const back = access.state.movedAliases[name]?.version;
  const wanted = await wantedVersion(session, access, { fn, known, to, back });
  const found = await aws.lambda.configuration(fn.functionName, wanted.version);
  if (!found) throw versionGone(name, wanted.version, environment);
  const rollback = { to: wanted.release, from: running.id, service: name };
  const common = {
    environment: environment.name,
    rollback,
    stacks: [],
    services: [],
    siteFiles: {},
    migratedSince: [],
    simulated: false,
    dryRun: flags.dryRun,
    confirmations: [],
    broadens: [],
  };
  const versions = await versionCounts(session, fn.functionName, known);
  const untouched = { ...common, release: null, functions: [], seconds: 0, versions, watched: null };
  const untold = await untoldAlias(session, access.state, { name, version: wanted.version });
  const isRecorded = running.functions?.[name]?.version === wanted.version;
  if (now === wanted.version && isRecorded && !untold) return untouched;
  reporter.note([`Versions of ${name}:`, ...versions.map(versionLine)].join('\n'));
  await prompter.ask({
    text: `Send all traffic of ${name} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) to version ${wanted.version} of release ${wanted.release}, from version ${now}?`,
  });
  if (flags.dryRun) return untouched;
  await lock.take();
  const id = newReleaseId(startedAt);
  recorder.release(id);
  await keepEvidence(session, fn, versions);
  const moved = { ...access.state.movedAliases, [name]: { version: wanted.version, at: startedAt } };
  // Written before it is done: a deployment after an interruption has to know of it.
  await writeState(access.objects, environment.name, { ...access.state, movedAliases: moved });
  const forMs = watchMs ?? ((await isCalled(session, fn, now)) ? WATCH_MS : 0);
  const baseline = forMs === 0 ? undefined : await baselineOf(session, fn.functionName, wanted.version);
  if (now !== wanted.version) await aws.lambda.pointAlias(fn.functionName, 'live', wanted.version);
  const functions = await reporter.step('Proving what runs', () =>
    proveFunctions(session, {
      outputsOf,
      paused: [
        ...Object.keys(access.state.pausedFunctions),
        ...readersOfPaused(environment.blocks, access.state.pausedQueues),
      ],
      moved,
      only: [name],
    }),
  );
  const seconds = Math.round((clock.now() - startedAt) / 100) / 10;
  if (untold) await tellStackOfAlias(session, untold, id);
  const record: ReleaseRecord = {
    ...running,
    id,
    startedAt,
    finishedAt: clock.now(),
    principal: target.principal,
    version,
    migration: undefined,
    rollback,
    functions: {
      ...running.functions,
      ...Object.fromEntries(functions.map((one) => [one.name, { version: one.version, codeSha256: one.codeSha256 }])),
    },
    stacks: running.stacks.map((stack) => ({ ...stack, action: 'none', seconds: 0 })),
  };
  await writeRelease(access.objects, record);
  await writeState(access.objects, environment.name, { ...access.state, movedAliases: moved, release: id });
  const watching = { name, functionName: fn.functionName, version: wanted.version, forMs };
  const watched = baseline ? await watchVersion(session, { ...watching, baseline }) : null;
  if (watched && stillFails(watched)) throw stillFailing(name, watched, environment);
  const release = { id, commit: null, images: running.images };
  return { ...common, release, functions, seconds, versions, watched };
}

/** What the version that is left did wrong, for whoever looks into it later: `explain` shows it (S4-135). */
async function keepEvidence(session: RecordedSession, fn: DeployedFunction, versions: readonly VersionCount[]) {
  const { recorder } = session;
  for (const one of versions) recorder.saw({ kind: 'act', text: versionLine(one).trim() });
  const problems = await failedCalls(session, [fn]).catch(() => []);
  for (const { message, evidence = [] } of problems) {
    recorder.saw({ kind: 'event', service: fn.name, text: message });
    const lines = evidence.flatMap(({ call, value }) => (call.startsWith('logs:') ? [value] : []));
    if (lines.length > 0) recorder.saw({ kind: 'log', service: fn.name, task: '-', container: fn.functionName, lines });
  }
}

async function isCalled(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  { functionName }: DeployedFunction,
  now: string,
) {
  const within = { now: clock.now(), minutes: CALLED_MINUTES };
  const { calls } = await callsOf(aws, functionName, now, within).catch(() => ({ calls: 0 }));
  return calls > 0;
}

/** What ran, by the newest release that ran it. */
async function versionsOnRecord(
  { environment }: Pick<Session, 'environment'>,
  { objects }: StateAccess,
  { fn, now, live }: { fn: DeployedFunction; now: string; live: string },
): Promise<KnownVersion[]> {
  const ids = await releaseIds(objects, environment.name);
  const known = new Map<string, KnownVersion>();
  const until = ids.slice(0, ids.indexOf(live) + 1).slice(-LOOK_BACK);
  for (const id of until.reverse()) {
    const record = await readRelease(objects, environment.name, id).catch(() => undefined);
    const version = record?.functions?.[fn.name]?.version;
    if (version !== undefined && !known.has(version))
      known.set(version, { version, release: id, live: version === now });
    if (known.size === VERSIONS_SHOWN) break;
  }
  return [...known.values()];
}

interface KnownVersion {
  version: string;
  release: string;
  live: boolean;
}

/** The version of the release that is named; else of the newest that ran another one. */
async function wantedVersion(
  { environment }: Pick<Session, 'environment'>,
  { objects }: StateAccess,
  {
    fn,
    known,
    to,
    back,
  }: { fn: DeployedFunction; known: readonly KnownVersion[]; to: string | undefined; back: string | undefined },
): Promise<{ release: string; version: string }> {
  if (to === undefined) {
    const before = known.find(({ live, version }) => (back === undefined ? !live : version === back));
    if (!before) throw nothingBefore(fn.name, environment);
    return before;
  }
  const id = chosenRelease(await releaseIds(objects, environment.name), to, environment.name);
  const record = await readRelease(objects, environment.name, id).catch(() => undefined);
  const version = record?.functions?.[fn.name]?.version;
  if (version === undefined) throw nothingBefore(fn.name, environment);
  return { release: id, version };
}

const notDeployed = (name: string, environment: string) =>
  new PlatformError({
    id: 'rollback-function-not-deployed',
    kind: 'failed',
    message: `Function ${name} is not deployed in ${environment}, so there is nothing to go back from`,
    remedy: `platform deploy --env ${environment}`,
  });

const shifting = (name: string, environment: Session['environment']) =>
  new PlatformError({
    id: 'rollback-function-shifting',
    kind: 'failed',
    message: `Traffic of ${name} is moving in steps by a deployment that is under way`,
    remedy: `platform cancel ${environmentFlags(environment)} takes it back, and all traffic to the version before`,
  });

const nothingBefore = (name: string, environment: Session['environment']) =>
  new PlatformError({
    id: 'rollback-function-nothing-before',
    kind: 'failed',
    message: `No release that is on record ran another version of ${name}`,
    remedy: `platform releases ${environmentFlags(environment)} shows what there is`,
  });

const versionGone = (name: string, version: string, environment: Session['environment']) =>
  new PlatformError({
    id: 'rollback-function-version-gone',
    kind: 'failed',
    message: `Version ${version} of ${name} is not there any more`,
    remedy: `platform rollback ${environmentFlags(environment)} brings the whole release back from its templates`,
  });
