import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { askToCancel, type HeldNow, isStale, lookAtLock } from '../release/lock.ts';
import { audit } from './audit.ts';
import { cancelStack, isRolling, stopRollouts } from './cancel-stack.ts';
import { followStacks } from './follow-stacks.ts';
import { holderOf, lazyLock, lockPlace } from './hold-lock.ts';
import { type FoundStack, findStacks } from './named-stacks.ts';
import { stateOf } from './state-of.ts';

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
  const place = lockPlace(session);
  const held = await lookAtLock(place);
  const runs = held && !isStale(held.standing) ? held : undefined;
  const { state } = await stateOf(session);
  const found = await findStacks(session, state);
  const chosen = stack === undefined ? found : found.filter((one) => one.id === stack || one.stackName === stack);
  if (stack !== undefined && chosen.length === 0) throw unknownStack(stack, environment.name, found);

  const moving = chosen.filter(isMoving);
  const rolling = await rollingServices(session, chosen);
  const done = { environment: environment.name, told: null, dryRun: flags.dryRun };
  if (moving.length + rolling.length === 0 && !(runs && stack === undefined)) return { ...done, stacks: [] };

  await prompter.ask({ text: question(environment.name, { moving, rolling, runs }) });
  if (flags.dryRun) return { ...done, stacks: [...moving, ...rolling].map((one) => planned(one)) };

  // Told before anything is taken back: what fails under its hands is then known for what it is.
  const lock = runs ? undefined : await lazyLock(session, { command: 'cancel' });
  try {
    if (runs) await tell(session, runs);
    else await lock!.take();
    const acted = new Map<string, CancelledStack['action']>();
    const names = [...moving, ...rolling].map(({ stackName }) => stackName);
    const told = runs && { principal: runs.lock.principal, host: runs.lock.host, command: runs.lock.command };
    await audit(session, {
      event: 'cancelled',
      thing: stack ?? 'environment',
      stacks: names,
      ...(told ? { told } : {}),
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
        const holder = runs && (await lookAtLock(place));
        if (holder && holder.lock.id === runs.lock.id && !isStale(holder.standing))
          return `${runs.lock.principal} on ${runs.lock.host} stops ${runs.lock.command}`;
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
    return { ...done, stacks, told: runs?.lock.principal ?? null };
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
  { moving, rolling, runs }: { moving: FoundStack[]; rolling: FoundStack[]; runs: HeldNow | undefined },
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
  if (runs) lines.push(`${runs.lock.principal} on ${runs.lock.host} runs ${runs.lock.command}, and is told to stop`);
  return `Cancel what is under way in ${environment}? ${lines.join('; ')}`;
}

async function tell(session: Session, { lock }: HeldNow): Promise<void> {
  const { principal, host } = holderOf(session, { command: 'cancel' });
  await askToCancel(lockPlace(session), lock.id, { principal, host, at: session.clock.now() });
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
