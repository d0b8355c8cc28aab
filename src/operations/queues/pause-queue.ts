import type { Session } from '../../context.ts';
import { type PausedQueue, writeState } from '../../release/environment-state.ts';
import { audit } from '../audit.ts';
import { type DeployedFunction, deployedFunctions } from '../functions/deployed-functions.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { findQueue } from './find-queue.ts';

/** The contract of `queue pause --json` and `queue resume --json`. */
export interface QueuePaceOutcome {
  environment: string;
  queue: string;
  /** How it is now, or would be. */
  paused: boolean;
  /** Functions that read it, and whether Lambda hands them messages. */
  functions: { name: string; before: boolean; after: boolean }[];
  /** Services that use it: whether they read it or write to it, only they know, so they are left alone. */
  services: string[];
  /** Nothing was to be done. */
  unchanged: boolean;
  dryRun: boolean;
}

type Reader = DeployedFunction & { queueReader: string };

/**
 * Has no function read a queue any more until it is resumed: messages wait, whatever else calls those functions goes on.
 * That it is paused is written down first, so that no deployment wakes it; pausing twice keeps what was written first.
 */
export async function pauseQueue(session: Session, name: string): Promise<QueuePaceOutcome> {
  const { aws, clock, environment, flags, prompter, target } = session;
  const queue = await findQueue(session, name);
  const lock = await lazyLock(session, { command: 'queue pause' });
  try {
    const { objects, state } = await stateOf(session);
    const readers = await readersOf(session, name);
    const known = state.pausedQueues[name];
    const common = outcomeOf(session, { queue: name, paused: true, functions: readers.map(paced(() => false)) });
    if (known && readers.every(({ on }) => !on)) return { ...common, unchanged: true };
    await prompter.ask({
      text: `Have ${namesOf(readers)} read no message of ${environment.name}/${name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) until it is resumed?`,
    });
    if (flags.dryRun) return common;
    await lock.take();
    // One that is itself paused reads again when both are resumed.
    const wereOn = readers
      .filter(({ fn, on }) => on || state.pausedFunctions[fn.name]?.trigger)
      .map(({ fn }) => fn.name);
    const before = known?.functions ?? [];
    const entry: PausedQueue = {
      at: known?.at ?? clock.now(),
      principal: known?.principal ?? target.principal,
      functions: [...new Set([...before, ...wereOn])],
    };
    await writeState(objects, environment.name, { ...state, pausedQueues: { ...state.pausedQueues, [name]: entry } });
    await audit(session, { event: 'queue-paused', thing: `queues.${name}` });
    const { lambda } = aws.in(queue.region);
    await Promise.all(readers.filter(({ on }) => on).map(({ fn }) => lambda.enableMapping(fn.queueReader, false)));
    return common;
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/** Has the functions read again that did; of one that is itself paused, what its own resuming gives back is changed. */
export async function resumeQueue(session: Session, name: string): Promise<QueuePaceOutcome> {
  const { aws, environment, flags, prompter, target } = session;
  const queue = await findQueue(session, name);
  const lock = await lazyLock(session, { command: 'queue resume' });
  try {
    const { objects, state } = await stateOf(session);
    const readers = await readersOf(session, name);
    const known = state.pausedQueues[name];
    if (!known) {
      const functions = readers.map(paced((on) => on));
      return { ...outcomeOf(session, { queue: name, paused: false, functions }), unchanged: true };
    }
    const isAsleep = (fn: string) => state.pausedFunctions[fn] !== undefined;
    const comesBack = (fn: string) => known.functions.includes(fn) && !isAsleep(fn);
    const functions = readers.map((reader) => paced((on) => on || comesBack(reader.fn.name))(reader));
    const common = outcomeOf(session, { queue: name, paused: false, functions });
    await prompter.ask({
      text: `Have ${namesOf(readers)} read messages of ${environment.name}/${name} again (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
    });
    if (flags.dryRun) return common;
    await lock.take();
    const { lambda } = aws.in(queue.region);
    const work = readers.filter(({ fn, on }) => !on && comesBack(fn.name));
    await Promise.all(work.map(({ fn }) => lambda.enableMapping(fn.queueReader, true)));
    const asleep = Object.entries(state.pausedFunctions).map(([fn, kept]) =>
      known.functions.includes(fn) ? ([fn, { ...kept, trigger: true }] as const) : ([fn, kept] as const),
    );
    const left = Object.entries(state.pausedQueues).filter(([other]) => other !== name);
    await writeState(objects, environment.name, {
      ...state,
      pausedFunctions: Object.fromEntries(asleep),
      pausedQueues: Object.fromEntries(left),
    });
    await audit(session, { event: 'queue-resumed', thing: `queues.${name}` });
    return common;
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/**
 * No deployment wakes what is paused: CloudFormation may have switched a reader on, or made one. Answers with the queues
 * as they are to be remembered.
 */
export async function keepQueuesPaused(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  functions: readonly DeployedFunction[],
  paused: Readonly<Record<string, PausedQueue>>,
): Promise<Record<string, PausedQueue>> {
  const kept = await Promise.all(
    Object.entries(paused)
      .filter(([name]) => Object.hasOwn(environment.blocks.queues, name))
      .map(async ([name, entry]): Promise<[string, PausedQueue]> => {
        const looked = await Promise.all(
          readers(functions, environment.blocks.functions, name).map((fn) => standing(aws, fn)),
        );
        const on = looked.filter((reader) => reader.on);
        await Promise.all(on.map(({ fn }) => aws.lambda.enableMapping(fn.queueReader, false)));
        const names = on.map(({ fn }) => fn.name);
        return [name, { ...entry, functions: [...new Set([...entry.functions, ...names])] }];
      }),
  );
  return Object.fromEntries(kept);
}

/** Functions that are not started because the queue that they read is paused. */
export const readersOfPaused = (
  blocks: Session['environment']['blocks'],
  paused: Readonly<Record<string, PausedQueue>>,
): string[] =>
  Object.entries(blocks.functions).flatMap(([name, { trigger }]) =>
    trigger?.on === 'queue' && paused[trigger.queue.replace(/^queue\./, '')] ? [name] : [],
  );

async function readersOf(session: Session, queue: string) {
  const { outputsOf } = await deployed(session);
  const { functions } = session.environment.blocks;
  const all = deployedFunctions(outputsOf, Object.keys(functions));
  return Promise.all(readers(all, functions, queue).map((fn) => standing(session.aws, fn)));
}

const readers = (
  all: readonly DeployedFunction[],
  blocks: Session['environment']['blocks']['functions'],
  queue: string,
): Reader[] =>
  all.filter((fn): fn is Reader => {
    const trigger = blocks[fn.name]?.trigger;
    return fn.queueReader !== undefined && trigger?.on === 'queue' && trigger.queue === `queue.${queue}`;
  });

async function standing({ lambda }: Pick<Session['aws'], 'lambda'>, fn: Reader): Promise<{ fn: Reader; on: boolean }> {
  const mapping = await lambda.mapping(fn.queueReader);
  return { fn, on: /^(Enabl|Creat|Updat)/.test(mapping?.State ?? '') };
}

const paced =
  (after: (on: boolean) => boolean) =>
  ({ fn, on }: { fn: Reader; on: boolean }) => ({ name: fn.name, before: on, after: after(on) });

const namesOf = (of: readonly { fn: Reader }[]): string =>
  of.length === 0 ? 'no function' : of.map(({ fn }) => fn.name).join(', ');

const outcomeOf = (
  { environment, flags }: Session,
  parts: Pick<QueuePaceOutcome, 'queue' | 'paused' | 'functions'>,
): QueuePaceOutcome => ({
  environment: environment.name,
  ...parts,
  services: Object.entries(environment.blocks.services)
    .filter(([, { uses }]) => uses.includes(`queue.${parts.queue}`))
    .map(([name]) => name),
  unchanged: false,
  dryRun: flags.dryRun,
});
