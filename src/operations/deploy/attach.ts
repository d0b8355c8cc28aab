import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { firstCause } from '../../diagnosis/diagnosis-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { environmentOutputs } from '../../release/environment-outputs.ts';
import { writeState } from '../../release/environment-state.ts';
import { type Intention, readIntention } from '../../release/intention.ts';
import { isStale, lookAtLock } from '../../release/lock.ts';
import { type ReleaseRecord, readRelease, writeRelease } from '../../release/release-record.ts';
import { type RemainingStack, remainingWork } from '../../release/remaining-work.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { explanation } from '../explain-failure.ts';
import { flightOf, type RecordedSession } from '../flight-recorder/record-run.ts';
import { type EnvironmentLock, lazyLock, lockPlace } from '../locks/hold-lock.ts';
import type { SiteRestore } from '../sites/site-restore.ts';
import { builtSites, siteFilesReleases } from '../sites/site-rollout.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';
import { followStacks } from '../stacks/follow-stacks.ts';
import { type LiveNamedStack, readLiveStacks } from '../stacks/live-stacks.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { stateOf } from '../state-of.ts';
import { tellAll } from '../traffic/tell-traffic.ts';
import {
  againFor,
  namesOf,
  nothingProvesStacks,
  nothingToAttach,
  nowGone,
  unfinishedRollback,
  unknownIntention,
} from './attach-ends.ts';
import { bringUpRemaining, remainingFiles } from './attach-files.ts';
import type { DeployOutcome } from './deploy.ts';
import { provenFunctionText, provenText, SIMULATED } from './deploy-text.ts';
import { type Proven, proveAttached } from './prove-attached.ts';
import { versionsOf } from './record-release.ts';

/**
 * Picks up a deployment that somebody else runs, or that was cut off: shows it to its end and gives the same verdict.
 * Begins nothing in any stack, but for telling it where ECS has moved its requests; brings up files of sites that are laid
 * aside for it. What was cut off and is complete is proven and recorded as the release that it set out to be; otherwise
 * throws `deploy-incomplete` with what remains.
 */
export async function attach(session: RecordedSession): Promise<DeployOutcome> {
  const { environment, reporter } = session;
  const flight = flightOf(session);
  const place = lockPlace(session);
  const before = await stateOf(session);
  const begun = await lookAtLock(place);
  const diagnosis = await followStacks(session, {
    flight,
    // Whoever began it gives up by itself; of what was cut off, nobody does.
    hopeless: (service, why) =>
      reporter.warn(
        `${service} cannot come up: ${why}; platform cancel ${environmentFlags(environment)} takes back what is under way`,
      ),
    title: `Following ${environment.name}`,
    stacks: namedStacks(session, before.state),
    whoActs: async () => {
      const held = await lookAtLock(place);
      if (!held || isStale(held.standing)) return undefined;
      const { principal, host, command } = held.lock;
      return `${principal} on ${host} runs ${command}`;
    },
  });

  const names = begun && namesOf(begun.lock);
  if (names) throw nothingProvesStacks(environment, names, begun.lock);
  const { objects, state } = await stateOf(session);
  if (state.unproven === undefined) return proven(session, state.release);
  const intention = await readIntention(objects, environment.name);
  if (intention?.id !== state.unproven) throw unknownIntention(environment, state);

  const live = await readLiveStacks(
    session.aws,
    intention.stacks.map(({ id, name, region }) => ({ id, stackName: name, account: session.target.account, region })),
  );
  const remaining = remainingWork(intention, live);
  const outputsOf: OutputsOf = (stack) => live.get(stack)?.outputs ?? {};
  const again = againFor(session.environment, intention);
  const files = await remainingFiles(session, { ...before, state }, { intention, outputsOf, again });
  if (remaining.length + files.problems.length > 0)
    throw await incomplete(session, intention, { remaining, diagnosis, files: files.problems });
  return finish(session, intention, { live, files: files.restore, outputsOf });
}

/** Somebody has brought it to its end: what was proven is said again. */
async function proven(session: RecordedSession, release: string | undefined): Promise<DeployOutcome> {
  const { environment } = session;
  const { objects } = await stateOf(session);
  const record = release === undefined ? undefined : await readRelease(objects, environment.name, release);
  if (!record) throw nothingToAttach(environment.name);
  const stacks = record.stacks.map(({ id, name, region }) => ({
    id,
    stackName: name,
    account: session.target.account,
    region,
  }));
  const live = await readLiveStacks(session.aws, stacks);
  // Taken away since, as by a `destroy` that was cut off: what is left proves nothing.
  const gone = stacks.filter(({ id }) => live.get(id)?.status.startsWith('DELETE_') ?? true);
  if (gone.length > 0)
    throw nowGone(
      environment,
      record.id,
      gone.map(({ stackName }) => stackName),
    );
  const proven = await proveAttached(session, servicesOf(record), record, live);
  return outcomeOf(session, { record, ...proven, live });
}

const servicesOf = ({ stacks }: ReleaseRecord): string[] =>
  stacks.flatMap(({ id }) => (id.startsWith('service-') ? [id.slice('service-'.length)] : []));

/** Proves and records what was cut off after its last change. */
async function finish(
  session: RecordedSession,
  intention: Intention,
  { live, files, outputsOf }: { live: ReadonlyMap<string, LiveNamedStack>; files: SiteRestore; outputsOf: OutputsOf },
): Promise<DeployOutcome> {
  const lock = await lazyLock(session, { command: 'deploy --attach' });
  try {
    for (const line of files.lines()) session.reporter.note(line);
    if (!session.flags.dryRun) await bringUpRemaining(lock, files, outputsOf);
    return await proveAndRecord(session, intention, { live, lock });
  } finally {
    await lock.release();
  }
}

async function proveAndRecord(
  session: RecordedSession,
  intention: Intention,
  { live, lock }: { live: ReadonlyMap<string, LiveNamedStack>; lock: EnvironmentLock },
): Promise<DeployOutcome> {
  const { clock, environment, flags } = session;
  const { id, startedAt, principal, host, commit, dirty, version, images, rollback, others = [] } = intention;
  const proven = await proveAttached(session, intention.services, { images, ...(rollback ? { rollback } : {}) }, live);
  const { services, functions, smoke } = proven;
  const record: ReleaseRecord = {
    id,
    environment: environment.name,
    startedAt,
    finishedAt: clock.now(),
    principal,
    host,
    ...(commit ? { commit } : {}),
    ...(dirty === undefined ? {} : { dirty }),
    version,
    images,
    ...versionsOf(functions),
    simulated: services.some((service) => service.simulated),
    ...(smoke ? { smoke: smoke.summary } : {}),
    ...(rollback ? { rollback } : {}),
    ...(builtSites(session).length > 0 ? { sites: await siteFilesReleases(session, await stateOf(session)) } : {}),
    stacks: [
      ...others,
      ...intention.stacks
        .filter(({ action }) => action !== 'delete')
        .map(({ sources: _, ...stack }) => ({ ...stack, seconds: 0, parameters: live.get(stack.id)!.parameters })),
    ],
  };
  if (!flags.dryRun) await recordUnderLock(session, record, lock);
  return outcomeOf(session, { record, ...proven, live });
}

async function recordUnderLock(session: Session, record: ReleaseRecord, lock: EnvironmentLock): Promise<void> {
  const { environment } = session;
  await lock.take();
  const { objects, state } = await stateOf(session);
  // Another deployment may have begun between the look and the lock.
  if (state.unproven !== record.id) throw unknownIntention(environment, { unproven: record.id, ...state });
  await tellAll(
    session,
    record.stacks.map(({ id, name, region }) => ({ id, stackName: name, region })),
  );
  await writeRelease(objects, record);
  await writeState(objects, environment.name, {
    ...state,
    release: record.id,
    unproven: undefined,
    unprovenRollback: undefined,
    unanswered: undefined,
    stacks: Object.fromEntries(record.stacks.map(({ id, name, region }) => [id, { name, region }])),
  });
}

function outcomeOf(
  { clock, environment, flags }: Session,
  {
    record,
    services,
    functions,
    sites,
    smoke,
    live,
  }: Proven & { record: ReleaseRecord; live: ReadonlyMap<string, LiveNamedStack> },
): DeployOutcome {
  return {
    environment: environment.name,
    release: { id: record.id, commit: record.commit ?? null, images: record.images },
    stacks: record.stacks.map(({ name, action, seconds }) => ({ name, action, seconds })),
    migration: null,
    smoke,
    outputs: environmentOutputs(environment, (stack) => live.get(stack)?.outputs ?? {}),
    services,
    functions,
    sites,
    simulated: services.some((service) => service.simulated),
    builds: [],
    unsetVariables: [],
    time: { aws: (clock.now() - record.startedAt) / 1000, ours: 0 },
    dryRun: flags.dryRun,
    confirmations: [],
    // Agreed to when it was begun.
    broadens: [],
  };
}

async function incomplete(
  session: Session,
  intention: Intention,
  {
    remaining,
    diagnosis,
    files,
  }: { remaining: readonly RemainingStack[]; diagnosis: Diagnosis; files: readonly Problem[] },
) {
  const { rollback } = intention;
  const again = againFor(session.environment, intention);
  const stacks = await Promise.all(
    remaining.map(async ({ name, region, why, status = '' }) => {
      const cause = /FAILED|ROLLBACK/.test(status) ? await causeOf(session.aws.in(region), name) : undefined;
      return {
        rule: 'unfinished',
        severity: 'error' as const,
        path: name,
        message: `${name} ${why}${cause ? `. ${cause}` : ''}`,
        remedy: again,
      };
    }),
  );
  const problems = [...stacks, ...files];
  const remains = [
    ...(remaining.length > 0 ? [`${remaining.length} of ${intention.stacks.length} stacks remain`] : []),
    ...(files.length > 0 ? [`files of ${files.length} ${files.length === 1 ? 'site' : 'sites'} are not up`] : []),
  ].join(', ');
  if (rollback) return unfinishedRollback(session.environment, rollback, { remains, problems, diagnosis });
  return new PlatformError({
    id: 'deploy-incomplete',
    kind: 'failed',
    message: `Nothing is under way any more, and release ${intention.id}, which ${intention.principal} began on ${intention.host}, is not complete: ${remains}`,
    remedy: [firstCause(diagnosis)?.remedy, `${again} continues from there`].filter(Boolean).join('; then '),
    problems,
    ...explanation(diagnosis),
  });
}

export const attachedText = ({ environment, release, services, functions, simulated, dryRun }: DeployOutcome): string =>
  [
    `Nothing is under way in ${environment} any more, and release ${release!.id} is ${dryRun ? 'complete' : 'proven'}`,
    ...services.map((service) => provenText(service)),
    ...functions.map((fn) => provenFunctionText(fn)),
    ...(simulated ? [SIMULATED] : []),
  ].join('\n');
