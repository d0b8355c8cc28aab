import type { Session } from '../context.ts';
import { coveredMs } from '../domain/covered-ms.ts';
import { approvalsFor } from '../release/approvals.ts';
import { changesAnything, planText } from '../release/describe-plan.ts';
import { writeState } from '../release/environment-state.ts';
import { flatOutputs } from '../release/flat-outputs.ts';
import { notBuiltYet } from '../release/not-built-yet.ts';
import { checkApproved, type PlanFile } from '../release/plan-file.ts';
import { newReleaseId } from '../release/release-record.ts';
import { objectsIn, stateBucketName } from '../release/state-bucket.ts';
import { thingName } from '../release/thing-name.ts';
import { actAfterProof } from './act-after-proof.ts';
import { actOnPlan } from './act-on-plan.ts';
import { approve } from './approve.ts';
import { type ChosenSettings, chooseSettings } from './choose-settings.ts';
import { bootstrapApproved, bootstrapNeeded } from './ensure-bootstrap.ts';
import { certificateDomains, ensureCertificates } from './ensure-certificates.ts';
import { type HeldLock, holdLock } from './hold-lock.ts';
import { checkPrepared } from './preflight.ts';
import { type PreparedRelease, type PrepareInput, prepareRelease } from './prepare-release.ts';
import { type ProvenService, proveServices } from './prove-services.ts';
import { provideSandboxSecrets } from './provide-sandbox-secrets.ts';
import { recordRelease, stateWith } from './record-release.ts';
import type { StateAccess } from './state-of.ts';
import { widenTasks } from './widen-tasks.ts';

export interface DeployInput extends PrepareInput {
  dirty?: boolean;
  version: string;
  /** A plan that somebody has approved, and the file it came from. */
  approved?: { plan: PlanFile; file: string };
}

/** The contract of `deploy --json`. */
export interface DeployOutcome {
  environment: string;
  /** Null on a dry run. */
  release: { id: string; commit: string | null; images: Record<string, string> } | null;
  stacks: { name: string; action: string; seconds: number }[];
  /** Filled by a later version, as `smoke`. */
  migration: null;
  smoke: null;
  outputs: Record<string, string>;
  services: ProvenService[];
  /** No container engine: containers did not really run. */
  simulated: boolean;
  notBuiltYet: { path: string; what: string }[];
  /** Real seconds: what AWS took while we waited, and the rest. */
  time: { aws: number; ours: number };
  dryRun: boolean;
  /** What a person would have to confirm by name. */
  confirmations: string[];
}

/** Brings an environment to what is configured: look, plan, approve once, act, prove, record. Safe to run again. */
export async function deploy(session: Session, input: DeployInput): Promise<DeployOutcome> {
  const startedAt = session.clock.now();
  const lock = session.flags.dryRun ? undefined : await lockIfThere(session, input);
  const held: { lock?: HeldLock } = lock ? { lock } : {};
  try {
    return await deployLocked(session, input, { startedAt, held });
  } finally {
    await held.lock?.release();
  }
}

async function deployLocked(
  session: Session,
  input: DeployInput,
  { startedAt, held }: { startedAt: number; held: { lock?: HeldLock } },
): Promise<DeployOutcome> {
  const { environment, flags, reporter } = session;
  let chosen = await reporter.step(`Looking at ${environment.name}`, () => chooseSettings(session));
  const begin = async () => {
    held.lock ??= await firstLock(session, chosen.access, input);
  };
  if (!flags.dryRun) chosen = await provide(session, chosen, begin);
  const prepared = await reporter.step(`Planning ${environment.name}`, () => prepareRelease(session, chosen, input));
  const missing = notBuiltYet(environment.blocks);
  for (const { path, what } of missing) reporter.warn(`${path} is not built yet: ${what}`);
  if (!flags.dryRun) checkPrepared(session, prepared);
  if (input.approved) checkApproved(input.approved.plan, prepared.plan, placeOf(session), input.approved.file);

  const approvals = approvalsFor(prepared.plan, environment.name, ({ stack, change }) =>
    thingName(stack, liveTemplate(prepared, stack), change.id),
  );
  const bootstrap = await bootstrapNeeded(session, prepared.synthesis);
  const changed = changesAnything(prepared.plan) || bootstrap.length > 0;
  if (changed) reporter.note(planText(prepared.plan));
  const outcome = {
    environment: environment.name,
    migration: null,
    smoke: null,
    notBuiltYet: missing,
    confirmations: approvals.typed.map(({ name }) => name),
  };
  if (flags.dryRun) return { ...outcome, ...drySummary(prepared) };
  if (changed) await approve(session, approvals, { bootstrap, preapproved: input.approved !== undefined });

  const { clock } = session;
  await begin();
  if (changed) await writeState(prepared.access.objects, environment.name, stateWith(prepared));
  await bootstrapApproved(session, bootstrap);

  const id = newReleaseId(clock.now());
  const wide = await widenTasks(session, prepared);
  const work = { prepared, approvals, wide, lock: held.lock!, changeSetName: `platform-${id}` };
  const made = await actOnPlan(session, work);
  const outputsOf = (stack: string) => made.get(stack)?.outputs ?? {};
  const services = await reporter.step('Proving what runs', () =>
    proveServices(session, { settings: prepared.settings, images: prepared.images.images, outputsOf }),
  );
  const done = await actAfterProof(session, work, made);
  const acted = prepared.plan.stacks.map((stack) => done.get(stack.id)!);
  const simulated = services.some((service) => service.simulated);
  const unchanged = changed ? undefined : prepared.access.state.release;
  const release = unchanged
    ? undefined
    : await recordRelease(session, { ...input, id, startedAt, simulated, prepared, acted });
  const awsMs = coveredMs(acted.flatMap(({ waited }) => waited ?? []));
  return {
    ...outcome,
    release: { id: release?.id ?? unchanged ?? id, commit: input.commit ?? null, images: prepared.images.images },
    stacks: acted.map(({ name, action, seconds }) => ({ name, action, seconds })),
    outputs: flatOutputs(environment.blocks, outputsOf),
    services,
    simulated,
    time: { aws: awsMs / 1000, ours: (clock.now() - startedAt - awsMs) / 1000 },
    dryRun: false,
  };
}

const drySummary = ({ plan }: PreparedRelease) => ({
  release: null,
  stacks: plan.stacks.map(({ stackName, action }) => ({ name: stackName, action, seconds: 0 })),
  outputs: {},
  services: [],
  simulated: false,
  time: { aws: 0, ours: 0 },
  dryRun: true,
});

/** What is lost stands in the template that AWS has. */
const liveTemplate = ({ plan }: PreparedRelease, id: string) =>
  plan.stacks.find((stack) => stack.id === id)?.live?.template;

const placeOf = ({ environment, target }: Session) => ({
  environment: environment.name,
  account: target.account,
  region: target.region,
});

/** What a rehearsal has to bring along itself, and the certificates that must be there before a stack can use them. */
async function provide(session: Session, chosen: ChosenSettings, begin: () => Promise<void>): Promise<ChosenSettings> {
  const { access, settings } = chosen;
  if (session.target.sandbox) await provideSandboxSecrets(session, settings);
  if (certificateDomains(settings).length === 0) return chosen;
  const certificates = await ensureCertificates(session, settings, access.state, async (kept) => {
    await begin();
    await writeState(access.objects, session.environment.name, { ...access.state, certificates: kept });
  });
  return { ...chosen, access: { ...access, state: { ...access.state, certificates } } };
}

const lockFor = ({ commit }: DeployInput) => ({ command: 'deploy', ...(commit ? { commit } : {}) });

/** Before the first deployment there is no bucket to hold a lock, and a look must not make one. */
async function lockIfThere(session: Session, input: DeployInput): Promise<HeldLock | undefined> {
  const { aws, environment, target } = session;
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  if ((await aws.s3.bucket(bucket)) !== 'exists') return undefined;
  return holdLock(session, objectsIn(aws.uninterrupted().s3, bucket), lockFor(input));
}

async function firstLock(session: Session, { bucket, objects }: StateAccess, input: DeployInput): Promise<HeldLock> {
  await session.aws.s3.createPrivateBucket(bucket, { 'platform:project': session.environment.project });
  return holdLock(session, objects, lockFor(input));
}
