import type { Session } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { writeState } from '../release/environment-state.ts';
import { newReleaseId, type ReleaseRecord, readRelease, releaseIds, writeRelease } from '../release/release-record.ts';
import { type DeployedFunction, deployedFunctions } from './deployed-functions.ts';
import { type EnvironmentLock, lazyLock } from './hold-lock.ts';
import { deployed } from './one-off-place.ts';
import { proveFunctions } from './prove-functions.ts';
import { readersOfPaused } from './queues/pause-queue.ts';
import { chosenRelease } from './releases.ts';
import type { RollbackOutcome } from './rollback.ts';
import { type StateAccess, stateOf } from './state-of.ts';

export interface RollbackFunctionInput {
  /** As platform.yaml calls it. */
  name: string;
  /** Id of a release; absent: the newest that ran another version. */
  to?: string;
  version: string;
}

/** Further back nobody looks without being told where. */
const LOOK_BACK = 100;

/**
 * Points the alias of one function to the version that an earlier release ran: seconds, nothing is deployed (S4-126,
 * S4-130, S4-133). The stack keeps its version, so the next deployment goes forward again.
 */
export async function rollbackFunction(
  session: Session,
  input: RollbackFunctionInput,
): Promise<RollbackOutcome & { seconds: number }> {
  const lock = await lazyLock(session, { command: 'rollback' });
  try {
    return await rollbackUnder(lock, session, input);
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

async function rollbackUnder(lock: EnvironmentLock, session: Session, { name, to, version }: RollbackFunctionInput) {
  const { aws, clock, environment, flags, prompter, reporter, target } = session;
  const startedAt = clock.now();
  const access = await stateOf(session);
  const { outputsOf } = await deployed(session);
  const fn = deployedFunctions(outputsOf, Object.keys(environment.blocks.functions)).find((one) => one.name === name);
  const live = access.state.release;
  const running = live === undefined ? undefined : await readRelease(access.objects, environment.name, live);
  const alias = fn && (await aws.lambda.alias(fn.functionName, 'live'));
  if (!fn || !running || !alias) throw notDeployed(name, environment.name);

  const wanted = await wantedVersion(session, access, { fn, now: alias.FunctionVersion!, live: running.id, to });
  const found = await aws.lambda.configuration(fn.functionName, wanted.version);
  if (!found) throw versionGone(name, wanted.version, environment);
  const rollback = { to: wanted.release, from: running.id, service: name };
  const common = {
    environment: environment.name,
    rollback,
    stacks: [],
    services: [],
    migratedSince: [],
    simulated: false,
    dryRun: flags.dryRun,
    confirmations: [],
    broadens: [],
  };
  const untouched = { ...common, release: null, functions: [], seconds: 0 };
  if (alias.FunctionVersion === wanted.version) return untouched;
  await prompter.ask({
    text: `Send all traffic of ${name} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) to version ${wanted.version} of release ${wanted.release}, from version ${alias.FunctionVersion}?`,
  });
  if (flags.dryRun) return untouched;
  await lock.take();
  const id = newReleaseId(startedAt);
  const moved = { ...access.state.movedAliases, [name]: { version: wanted.version, at: startedAt } };
  // Written before it is done: a deployment after an interruption has to know of it.
  await writeState(access.objects, environment.name, { ...access.state, movedAliases: moved });
  await aws.lambda.pointAlias(fn.functionName, 'live', wanted.version);
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
  const seconds = Math.round((clock.now() - startedAt) / 100) / 10;
  return { ...common, release: { id, commit: null, images: running.images }, functions, seconds };
}

/** The version of the release that is named; else of the newest that ran another one. */
async function wantedVersion(
  { environment }: Pick<Session, 'environment'>,
  { objects }: StateAccess,
  { fn, now, live, to }: { fn: DeployedFunction; now: string; live: string; to: string | undefined },
): Promise<{ release: string; version: string }> {
  const ids = await releaseIds(objects, environment.name);
  const chosen = to === undefined ? undefined : chosenRelease(ids, to, environment.name);
  const candidates =
    chosen === undefined
      ? ids
          .slice(0, ids.indexOf(live) + 1)
          .slice(-LOOK_BACK)
          .reverse()
      : [chosen];
  for (const id of candidates) {
    const record = await readRelease(objects, environment.name, id).catch(() => undefined);
    const version = record?.functions?.[fn.name]?.version;
    if (version !== undefined && (chosen !== undefined || version !== now)) return { release: id, version };
  }
  throw nothingBefore(fn.name, environment);
}

const notDeployed = (name: string, environment: string) =>
  new PlatformError({
    id: 'rollback-function-not-deployed',
    kind: 'failed',
    message: `Function ${name} is not deployed in ${environment}, so there is nothing to go back from`,
    remedy: `platform deploy --env ${environment}`,
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
