import type { Session } from '../../context.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { planText } from '../../release/describe-plan.ts';
import { writeState } from '../../release/environment-state.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { bootstrapApproved, bootstrapNeeded } from '../bootstrap/ensure-bootstrap.ts';
import { actOnPlan } from '../deploy/act-on-plan.ts';
import { approve, refuse } from '../deploy/approve.ts';
import { chooseSettings } from '../deploy/choose-settings.ts';
import { planDeployment } from '../deploy/plan-deployment.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { widenStacks } from '../deploy/widen-stacks.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { checkPrepared } from '../preflight/check-prepared.ts';

/** The contract of `image init --json`. */
export interface InitImagesOutcome {
  environment: string;
  repositories: { name: string; services: string[] }[];
  action: 'create' | 'update' | 'none';
  dryRun: boolean;
}

/**
 * Makes and changes the stack of the image repositories alone, so that another machine can push before anything is
 * deployed. Safe to run again; a deployment finds the stack as it would have made it.
 */
export async function initImages(session: Session): Promise<InitImagesOutcome> {
  const lock = await lazyLock(session, { command: 'image init' });
  try {
    const chosen = await session.reporter.step(`Looking at ${session.environment.name}`, () => chooseSettings(session));
    return await initUnder(lock, session, await planDeployment(session, chosen, { images: {}, build: false }));
  } finally {
    await lock.release();
  }
}

/** Within a deployment that holds the lock, or is about to. Asks. */
export async function initUnder(
  lock: EnvironmentLock,
  session: Session,
  whole: PreparedRelease,
): Promise<InitImagesOutcome> {
  const { environment, flags, reporter } = session;
  const prepared = onlyImages(whole);
  const [stack] = prepared.plan.stacks;
  const outcome: InitImagesOutcome = {
    environment: environment.name,
    repositories: Object.entries(whole.settings.repositories).map(([name, { services }]) => ({
      name,
      services: [...services],
    })),
    action: 'none',
    dryRun: flags.dryRun,
  };
  if (!stack || stack.action === 'none' || stack.action === 'delete') return outcome;
  await checkPrepared(session, prepared);
  const approvals = approvalsFor(prepared.plan, environment);
  const bootstrap = await bootstrapNeeded(session, {
    ...prepared.synthesis,
    stacks: prepared.synthesis.stacks.filter(({ id }) => id === stack.id),
  });
  reporter.note(planText(prepared.plan));
  refuse(approvals);
  const action = stack.action === 'recreate' ? 'create' : stack.action;
  if (flags.dryRun) return { ...outcome, action };
  await approve(session, approvals, { bootstrap });
  await lock.take();
  const { state, objects } = whole.access;
  // Only this stack is chosen for: zones and priorities are left to the deployment that needs them.
  const own = { [stack.id]: { name: stack.stackName, region: stack.region } };
  await writeState(objects, environment.name, { ...state, stacks: { ...state.stacks, ...own } });
  await bootstrapApproved(session, bootstrap);
  const changeSetName = `platform-${newReleaseId(session.clock.now())}`;
  const wide = await widenStacks(session, prepared);
  await actOnPlan(session, { prepared, approvals, wide, lock, changeSetName, images: {} });
  return { ...outcome, action };
}

const onlyImages = (whole: PreparedRelease): PreparedRelease => ({
  ...whole,
  plan: { stacks: whole.plan.stacks.filter(({ id }) => id === 'images') },
  leftovers: whole.leftovers.filter(({ stack }) => stack === 'images'),
  images: { images: {}, placeholders: [], missing: [], builds: [], warnings: [], retags: [], findings: [] },
  secrets: { ...whole.secrets, absent: [], broken: [], notShared: [], toMake: {}, toExtend: {} },
});
