import type { Session } from '../../context.ts';
import type { BootstrapFindings, FoundPart } from '../../domain/bootstrap/bootstrap-findings.ts';
import { planRepair, type RepairPlan, type RepairStep } from '../../domain/bootstrap/repair-plan.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { environmentRegions } from '../project/environment-regions.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { stateOf } from '../state-of.ts';
import { actOnBootstrap } from './act-on-bootstrap.ts';
import { SAFE_VERSION } from './bootstrap-state.ts';
import { probeBootstrap } from './probe-bootstrap.ts';

/** The contract of `bootstrap repair --json`. */
export interface RepairOutcome {
  environment: string;
  regions: RepairedRegion[];
  /** Then the actions are what would be done. */
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

export interface RepairedRegion {
  region: string;
  stack: string;
  /** Status of the stack before; null when there was none. */
  before: string | null;
  after: string | null;
  version: number | null;
  plan: RepairPlan['kind'];
  /** Parts that were not as they should be. */
  damaged: Pick<FoundPart, 'id' | 'name' | 'state' | 'detail'>[];
  actions: RepairStep['do'][];
  notes: string[];
}

/**
 * Looks at every part of the bootstrap in each region of the environment, and mends it by the smallest plan: explained,
 * asked for, carried out, and looked at again. Run twice, the second has no plan.
 */
export async function repairBootstrap(
  session: Session,
  { rebuild, check }: { rebuild: boolean; check?: () => void },
): Promise<RepairOutcome> {
  const { environment, flags, reporter } = session;
  // With `check` the caller holds the environment's lock already.
  const lock = check
    ? { take: async () => {}, check, release: async () => {} }
    : await lazyLock(session, { command: 'bootstrap repair' });
  const { state } = await stateOf(session);
  const regions = environmentRegions(session, state);
  const looked = await reporter.step(`Looking at the bootstrap of ${regions.join(', ')}`, () =>
    Promise.all(regions.map((region) => probeAtRest(session, region))),
  );
  const planned = looked.map((found) => ({ found, plan: planRepair(found, { rebuild }) }));
  for (const { found, plan } of planned) reporter.note(explanation(found, plan));
  const stopped = planned.find(({ plan }) => plan.stop);
  if (stopped) throw cannotRepair(stopped.plan.stop!);
  const confirmations: string[] = [];
  for (const { found, plan } of planned) confirmations.push(...(await agree(session, found, plan)));

  const outcome = {
    environment: environment.name,
    dryRun: flags.dryRun,
    confirmations,
    regions: planned.map(({ found, plan }) => regionOf(found, plan)),
  };
  if (flags.dryRun || planned.every(({ plan }) => plan.steps.length === 0)) return outcome;
  try {
    await lock.take();
    for (const [index, { found, plan }] of planned.entries()) {
      for (const step of plan.steps) {
        lock.check();
        session.signal.throwIfAborted();
        await actOnBootstrap(session, found, step);
      }
      if (plan.steps.length > 0)
        outcome.regions[index] = { ...outcome.regions[index]!, ...(await proven(session, found)) };
    }
  } finally {
    await lock.release();
  }
  return outcome;
}

/** What is under way ends first: only then is it known what is to be done. A dry run does not wait. */
async function probeAtRest(session: Session, region: string): Promise<BootstrapFindings> {
  const { aws, clock, flags, reporter, signal, target } = session;
  const found = await probeBootstrap(session, region);
  const { stackName, status = '' } = found;
  if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS' || flags.dryRun) return found;
  reporter.note(`Waiting for ${stackName} in ${region}, which is ${status}`);
  await settledStack(aws.in(region), { clock, pollMs: target.pollMs, signal }, stackName);
  return probeBootstrap(session, region);
}

/** Everything that is taken away stands in the one text whose name has to be typed. */
async function agree(
  { environment, prompter, target }: Session,
  { region, stackName }: BootstrapFindings,
  { steps }: RepairPlan,
): Promise<string[]> {
  const texts = (who: RepairStep['class']) => steps.filter((step) => step.class === who).map(({ text }) => text);
  const typed = texts('TYPED');
  const name = `${environment.name}/bootstrap.${region}`;
  if (typed.length > 0)
    await prompter.askTyped({ text: `Repairing ${stackName} in ${region} is going to ${typed.join('; ')}.`, name });
  const asked = texts('ASK');
  if (asked.length > 0)
    await prompter.ask({ text: `Repair ${stackName} in ${region} of account ${target.account}: ${asked.join('; ')}?` });
  return typed.length > 0 ? [name] : [];
}

/** Looks once more by the same means; what is still damaged is a failure, and nothing is tried again by itself. */
async function proven(session: Session, { region }: BootstrapFindings) {
  const found = await probeBootstrap(session, region);
  const plan = planRepair(found);
  if (plan.kind !== 'nothing') throw stillDamaged(found, plan);
  return { after: found.status ?? null, version: found.version ?? null, notes: plan.notes };
}

const regionOf = (found: BootstrapFindings, plan: RepairPlan): RepairedRegion => ({
  region: found.region,
  stack: found.stackName,
  before: found.status ?? null,
  after: found.status ?? null,
  version: found.version ?? null,
  plan: plan.kind,
  damaged: damagedIn(found).map(({ id, name, state, detail }) => ({ id, name, state, ...(detail ? { detail } : {}) })),
  actions: plan.steps.map((step) => step.do),
  notes: plan.notes,
});

const damagedIn = ({ parts }: BootstrapFindings): FoundPart[] => parts.filter(({ state }) => state !== 'ok');

function explanation(found: BootstrapFindings, { steps, notes }: RepairPlan): string {
  const { bucket, region, stackName, status, version } = found;
  return [
    `${stackName} in ${region} is ${status ?? 'not there'}, version ${version ?? 'unknown'}; its bucket holds ${bucket.versions} object versions`,
    ...(version !== undefined && version < SAFE_VERSION
      ? [`  below version ${SAFE_VERSION} a bucket of the expected name would be used whoever owns it (F-28)`]
      : []),
    ...damagedIn(found).map(({ name, state, detail }) => `  ${name} is ${state}${detail ? `: ${detail}` : ''}`),
    ...(found.key && found.key !== 'ok' ? [`  the key of the bucket is ${found.key}`] : []),
    ...notes.map((note) => `  ${note}`),
    ...(steps.length > 0 ? ['What is to be done:'] : []),
    ...steps.map(({ text }, index) => `  ${index + 1}. ${text}`),
  ].join('\n');
}

const cannotRepair = ({ message, remedy }: { message: string; remedy: string }) =>
  new PlatformError({
    id: 'bootstrap-not-repairable',
    kind: 'failed',
    message: `${message}; nothing was changed`,
    remedy,
  });

const stillDamaged = (found: BootstrapFindings, { kind }: RepairPlan) =>
  new PlatformError({
    id: 'bootstrap-still-damaged',
    kind: 'failed',
    message: `After the repair ${found.stackName} in ${found.region} still is not sound: ${
      damagedIn(found)
        .map(({ name, state }) => `${name} is ${state}`)
        .join(', ') || `it needs another (${kind})`
    }`,
    remedy: 'platform bootstrap repair looks again; --rebuild deletes all of it and makes it anew',
  });
