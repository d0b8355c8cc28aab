import type { Session } from '../../context.ts';
import type { PlatformError } from '../../errors/platform-error.ts';
import { hasTwoGroups } from '../../release/shift-phases.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { namesAfterDeployment } from '../dns/write-names.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import type { MigrationGate } from '../migrations/migration-gate.ts';
import { keepQueuesPaused, readersOfPaused } from '../queues/pause-queue.ts';
import { keepPaused } from '../services/pause-functions.ts';
import { keepSchedulesPaused } from '../services/scheduled-tasks.ts';
import type { SiteFilesWork } from '../sites/site-restore.ts';
import { builtSites, siteFilesReleases } from '../sites/site-rollout.ts';
import type { ProveAnswersInput } from '../smoke/prove-answers.ts';
import type { Asked } from '../smoke/smoke.ts';
import { refuseReplacedRoutes, refuseSingleStep } from '../traffic/refuse-replaced-routes.ts';
import { tellAll } from '../traffic/tell-traffic.ts';
import { actAfterProof } from './act-after-proof.ts';
import { type ActedStack, type ActInput, actOnPlan } from './act-on-plan.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { type ProvenFunction, proveFunctions } from './prove-functions.ts';
import { proveServices } from './prove-services.ts';
import { type ProvenSite, proveSites } from './prove-sites.ts';
import { type RecordInput, recordRelease } from './record-release.ts';
import { sendForward } from './send-forward.ts';
import type { ProvenService } from './service-proof.ts';
import { widenStacks } from './widen-stacks.ts';

export interface CarryOutInput
  extends Pick<ActInput, 'prepared' | 'approvals' | 'lock' | 'images' | 'imagesMade' | 'flight' | 'made'> {
  /** The release that it makes. */
  id: string;
  /** What has to run in the end, as platform.yaml calls it. */
  services: readonly string[];
  /** Whether functions are proven as well; absent: yes. */
  withFunctions?: boolean;
  gate?: MigrationGate;
  /** Brings up the files of sites; absent: they stay as they are. */
  siteRollout?: SiteFilesWork;
  /** Whether what runs is asked as a visitor would; absent: no. */
  asks?: boolean;
  /** Said when it is stopped while it is being proven. */
  unproven: PlatformError;
  /** What the record says beside what is found out here; absent: nothing is recorded. */
  record?: Omit<RecordInput, 'id' | 'prepared' | 'acted' | 'images' | 'functions' | 'simulated'>;
}

export interface CarriedOut {
  acted: ActedStack[];
  services: ProvenService[];
  functions: ProvenFunction[];
  sites: ProvenSite[];
  /** Null: nobody was asked. */
  smoke: Asked | null;
  simulated: boolean;
  outputsOf: OutputsOf;
}

/**
 * What a deployment and a rollback have in common, once they are agreed to and have left word of it: add what is new,
 * prove it, take away what only the release before needed, record.
 */
export async function carryOut(session: Session, input: CarryOutInput): Promise<CarriedOut> {
  const { id, prepared, approvals, lock, images, imagesMade, gate, unproven, record, flight, siteRollout } = input;
  refuseReplacedRoutes(session, prepared.plan);
  if (input.made) refuseSingleStep(session, prepared.plan, input.made);
  const wide = await widenStacks(session, prepared);
  const changeSetName = `platform-${id}`;
  const work = {
    prepared,
    approvals,
    wide,
    lock,
    changeSetName,
    images,
    imagesMade,
    ...(flight ? { flight } : {}),
    ...(input.made ? { made: input.made } : {}),
    ...gate?.step,
    ...(siteRollout
      ? {
          siteFiles: (acted: ActedStacks) => siteRollout.first(standing(prepared, acted), lock),
          filesLead: siteRollout.leads ?? false,
        }
      : {}),
  };
  const made = await actOnPlan(session, work);
  const outputsOf: OutputsOf = (stack) => made.get(stack)?.outputs ?? {};
  await siteRollout?.last(outputsOf, lock);
  const { pausedFunctions } = prepared.access.state;
  const running = deployedFunctions(outputsOf, Object.keys(session.environment.blocks.functions));
  // The record writes the state that was read: it takes what is remembered now along.
  Object.assign(pausedFunctions, await keepPaused(session, running, pausedFunctions));
  const { pausedQueues } = prepared.access.state;
  Object.assign(pausedQueues, await keepQueuesPaused(session, running, pausedQueues));
  await keepSchedulesPaused(session, outputsOf, prepared.access.state.paused);
  const paused = [...Object.keys(pausedFunctions), ...readersOfPaused(session.environment.blocks, pausedQueues)];
  if (input.withFunctions !== false) await sendForward(session, running, prepared.access.state);
  const movers = prepared.plan.stacks.filter(({ template }) => hasTwoGroups(template));
  const { services, functions, sites, smoke } = await lock
    .heed(async (cancelled) => {
      const proving = { ...session, signal: AbortSignal.any([session.signal, cancelled]) };
      const proven = await session.reporter.step('Proving what runs', async () => {
        const [services, functions, sites] = await Promise.all([
          proveServices(proving, { services: input.services, images, outputsOf, flight }),
          input.withFunctions === false ? [] : proveFunctions(proving, { outputsOf, paused }),
          proveSites(proving, outputsOf),
        ]);
        return { services, functions, sites };
      });
      // They have come to rest now, and a rule must never be changed back to where nothing runs.
      if (record) await tellAll(proving, movers);
      // Before anybody is asked under these names.
      if (input.asks) await namesAfterDeployment(proving, outputsOf, record ? prepared.access : undefined);
      return { ...proven, smoke: input.asks ? await asked(proving, { outputsOf, ...proven, writes: !!record }) : null };
    })
    .catch((error: unknown) => Promise.reject(session.signal.aborted && record ? unproven : error));
  await gate?.last(outputsOf);
  const done = await actAfterProof(session, work, made);
  const acted = prepared.plan.stacks.map((stack) => done.get(stack.id)!);
  const simulated = services.some((service) => service.simulated);
  if (record)
    await recordRelease(session, {
      ...record,
      ...gate?.recorded(),
      ...(smoke ? { smoke: smoke.summary } : {}),
      ...(await recordedSites(session, prepared)),
      id,
      prepared,
      acted,
      images,
      functions,
      simulated,
    });
  return { acted, services, functions, sites, smoke, simulated, outputsOf };
}

type ActedStacks = ReadonlyMap<string, ActedStack>;

/** What a stack tells by now: what it was brought to, else how it stood before. */
const standing =
  ({ plan }: PreparedRelease, acted: ActedStacks): OutputsOf =>
  (id) =>
    acted.get(id)?.outputs ?? plan.stacks.find((stack) => stack.id === id)?.live?.outputs ?? {};

async function recordedSites(session: Session, { access }: PreparedRelease) {
  if (builtSites(session).length === 0) return {};
  return { sites: await siteFilesReleases(session, access) };
}

/** Loaded only by what asks. */
async function asked(session: Session, input: ProveAnswersInput): Promise<Asked | null> {
  const { proveAnswers } = await import('../smoke/prove-answers.ts');
  return proveAnswers(session, input);
}
