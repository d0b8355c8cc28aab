import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { audit } from '../audit.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { type Runner, stillRuns, tellToStop, whoRuns } from '../locks/who-runs.ts';
import { stateOf } from '../state-of.ts';
import { cancelStack, isRolling, stopRollouts } from './cancel-stack.ts';
import { followStacks } from './follow-stacks.ts';
import { type FoundStack, findStacks } from './named-stacks.ts';

export interface CancelledStack {
  name: string;
  /** Its status when it was asked; null for a rollout that no stack waits for. */
  before: string;
  /** `watched`: what goes on in it cannot be taken back, and was seen to its end. */
  action: 'cancelled' | 'deleted' | 'rollout-stopped' | 'watched';
  /** Null when it is gone. */
  after: string | null;
}

/** The contract of `cancel --json`. */
export interface CancelOutcome {
  environment: string;
  stacks: CancelledStack[];
  /** Who runs it, and was told to stop before the next change. */
  told: string | null;
  dryRun: boolean;
}

/**
 * Takes back what is under way: rollouts of services first, then updates; a stack that is being made for the first time
 * is deleted. Sees everything to its end. Whoever runs it is told through the lock, so that nothing follows; the lock of
 * a dead holder is taken over.
 */
export async function cancel(session: Session, { stack }: { stack?: string }): Promise<CancelOutcome> {
  const { aws, environment, flags, prompter } = session;
  const { changes, migrates } = await whoRuns(session);
  // Whoever names a stack means nothing that migrates beside it.
  const runs = [changes, stack === undefined ? migrates : undefined].filter((one) => one !== undefined);
  const { state } = await stateOf(session);
  const found = await findStacks(session, state);
  const chosen = stack === undefined ? found : found.filter((one) => one.id === stack || one.stackName === stack);
  if (stack !== undefined && chosen.length === 0) throw unknownStack(stack, environment.name, found);

  const moving = chosen.filter(isMoving);
  const rolling = await rollingServices(session, chosen);
  const done = { environment: environment.name, told: null, dryRun: flags.dryRun };
  if (moving.length + rolling.length === 0 && (runs.length === 0 || stack !== undefined))
    return { ...done, stacks: [] };

  await prompter.ask({ text: question(environment.name, { moving, rolling, runs }) });
  const told = runs.length === 0 ? null : [...new Set(runs.map(({ held }) => held.lock.principal))].join(', ');
  if (flags.dryRun) return { ...done, stacks: [...moving, ...rolling].map((one) => planned(one)), told };

  // Told before anything is taken back: what fails under its hands is then known for what it is.
  const lock = changes ? undefined : await lazyLock(session, { command: 'cancel' });
  try {
    for (const one of runs) await tellToStop(session, one);
    await lock?.take();
    const acted = new Map<string, CancelledStack['action']>();
    const names = [...moving, ...rolling].map(({ stackName }) => stackName);
    const holders = runs.map(
      ({
        held: {
          lock: { principal, host, command },
        },
      }) => ({ principal, host, command }),
    );
    await audit(session, {
      event: 'cancelled',
      thing: stack ?? 'environment',
      stacks: names,
      ...(holders[0] ? { told: holders[0] } : {}),
      ...(holders[1] ? { toldToo: holders[1] } : {}),
    });
    // What was begun to be taken back is not left half-way by Ctrl-C.
    const patient = aws.uninterrupted();
    for (const { region, stackName } of rolling) {
      if (await stopRollouts(patient.in(region), stackName)) acted.set(stackName, 'rollout-stopped');
    }
    for (const { region, stackName } of moving) {
      const answer = await cancelStack(patient.in(region), stackName);
      acted.set(stackName, answer === 'nothing' ? 'watched' : answer);
    }
    await followStacks(session, {
      title: `Watching ${environment.name} come to rest`,
      stacks: chosen,
      whoActs: async () => {
        for (const one of runs) {
          const { principal, host, command } = one.held.lock;
          if (await stillRuns(one)) return `${principal} on ${host} stops ${command}`;
        }
        for (const { region, stackName } of rolling)
          if (await isRolling(aws.in(region), stackName)) return `${stackName} goes back to the tasks it had`;
        return undefined;
      },
    });
    const rest = new Map((await findStacks(session, state)).map((one) => [one.stackName, one.stack.StackStatus!]));
    const stacks = [...moving, ...rolling].map((one) => ({
      ...planned(one),
      action: acted.get(one.stackName) ?? ('watched' as const),
      after: rest.get(one.stackName) ?? null,
    }));
    const stuck = stacks.find(({ after }) => after?.endsWith('_FAILED'));
    if (stuck) throw endedBadly(stuck, environment.name);
    return { ...done, stacks, told };
  } finally {
    await lock?.release();
  }
}

const isMoving = ({ stack: { StackStatus: status } }: FoundStack): boolean =>
  status!.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** Services in the middle of a rollout that no stack waits for: begun by `redeploy`, or left behind by a rollback. */
async function rollingServices(session: Session, stacks: readonly FoundStack[]): Promise<FoundStack[]> {
  const services = stacks.filter((one) => one.id.startsWith('service-') && !isMoving(one));
  const rolling = await Promise.all(
    services.map(async ({ region, stackName }) => stopRollouts(session.aws.in(region), stackName, { look: true })),
  );
  return services.filter((_, index) => rolling[index]);
}

const planned = ({ stackName, stack }: FoundStack): CancelledStack => {
  const before = stack.StackStatus!;
  const action =
    before === 'UPDATE_IN_PROGRESS' ? 'cancelled' : before === 'CREATE_IN_PROGRESS' ? 'deleted' : undefined;
  return {
    name: stackName,
    before,
    action: action ?? (before.endsWith('_IN_PROGRESS') ? 'watched' : 'rollout-stopped'),
    after: before,
  };
};

function question(
  environment: string,
  { moving, rolling, runs }: { moving: FoundStack[]; rolling: FoundStack[]; runs: readonly Runner[] },
): string {
  const fates = {
    cancelled: 'its update is taken back',
    deleted: 'it is being made for the first time, and is deleted',
    'rollout-stopped': 'its service goes back to the tasks it had',
    watched: 'this cannot be taken back, and is watched to its end',
  };
  const lines = [...moving, ...rolling].map((one) => {
    const { name, before, action } = planned(one);
    return `${name} (${before}): ${fates[action]}`;
  });
  for (const { held } of runs)
    lines.push(`${held.lock.principal} on ${held.lock.host} runs ${held.lock.command}, and is told to stop`);
  return `Cancel what is under way in ${environment}? ${lines.join('; ')}`;
}

const unknownStack = (stack: string, environment: string, found: readonly FoundStack[]) =>
  new PlatformError({
    id: 'cancel-stack-unknown',
    kind: 'usage',
    message: `${environment} has no stack ${stack}`,
    remedy:
      found.length > 0
        ? `name one of: ${found.map(({ id }) => id).join(', ')}`
        : 'nothing is deployed, so nothing runs',
  });

const endedBadly = ({ name, after }: CancelledStack, environment: string) =>
  new PlatformError({
    id: 'cancel-stuck',
    kind: 'failed',
    message: `What was under way in ${name} was taken back, and that did not go through: it is ${after}`,
    remedy: `platform recover ${name} --env ${environment} explains why and gets it out of there`,
  });
