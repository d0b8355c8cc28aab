import type { Session } from '../../context.ts';
import { type PausedFunction, writeState } from '../../release/environment-state.ts';
import { type DeployedFunction, deployedFunctions } from '../functions/deployed-functions.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { readersOfPaused } from '../queues/pause-queue.ts';
import { stateOf } from '../state-of.ts';
import { deployed } from '../tasks/one-off-place.ts';

/** What lets a function run: invocations that are kept for it, and what starts it. */
export interface FunctionPace {
  /** Null: as many as the account has left. */
  concurrency: number | null;
  /** Whether its queue or rule starts it; null where nothing does. */
  trigger: boolean | null;
}

/** A function of `pause --json` and `resume --json`. */
export interface PacedFunction {
  name: string;
  before: FunctionPace;
  after: FunctionPace;
}

export interface PaceOutcome {
  functions: PacedFunction[];
  unchanged: { name: string; why: string }[];
}

const STOPPED = (trigger: boolean | null): FunctionPace => ({
  concurrency: 0,
  trigger: trigger === null ? null : false,
});

type Powers = Pick<Session, 'aws'>;

/**
 * Has functions run no more until they are resumed: what starts them is switched off, and no invocation is let through,
 * whoever calls (S4-136). What they had is written down before; pausing twice keeps what was written first.
 */
export async function pauseFunctions(session: Session, names: readonly string[] | undefined): Promise<PaceOutcome> {
  const { clock, environment, flags, prompter, target } = session;
  const lock = await lazyLock(session, { command: 'pause' });
  try {
    const { objects, state } = await stateOf(session);
    const looked = await paced(session, names);
    const going = looked.filter(({ fn, pace }) => !(state.pausedFunctions[fn.name] && isStopped(pace)));
    const unchanged = looked
      .filter((one) => !going.includes(one))
      .map(({ fn }) => ({ name: fn.name, why: 'it is paused' }));
    const functions = going.map(({ fn, pace }) => ({ name: fn.name, before: pace, after: STOPPED(pace.trigger) }));
    if (going.length === 0) return { functions, unchanged };
    await prompter.ask({
      text: `Let no invocation of ${going.map(({ fn }) => fn.name).join(', ')} through in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) until they are resumed?`,
    });
    if (flags.dryRun) return { functions, unchanged };
    await lock.take();
    const now = { at: clock.now(), principal: target.principal };
    const kept = Object.fromEntries(
      going.map(({ fn, pace }) => [fn.name, state.pausedFunctions[fn.name] ?? { ...now, ...remembered(pace) }]),
    );
    await writeState(objects, environment.name, {
      ...state,
      pausedFunctions: { ...state.pausedFunctions, ...kept },
    });
    await Promise.all(going.map(({ fn, pace }) => change(session, fn, pace, STOPPED(pace.trigger))));
    return { functions, unchanged };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/** Gives paused functions back what they had; that they were paused is forgotten only then. */
export async function resumeFunctions(session: Session, names: readonly string[] | undefined): Promise<PaceOutcome> {
  const { environment, flags, prompter, target } = session;
  const lock = await lazyLock(session, { command: 'resume' });
  try {
    const { objects, state } = await stateOf(session);
    const looked = await paced(session, names);
    // The queue that it reads is paused: resuming that starts it again.
    const asleep = readersOfPaused(environment.blocks, state.pausedQueues);
    const work = looked.flatMap(({ fn, pace }) => {
      const before = state.pausedFunctions[fn.name];
      const isHeld = asleep.includes(fn.name);
      const after = before && {
        concurrency: before.concurrency ?? null,
        trigger: isHeld ? false : (before.trigger ?? null),
      };
      return after ? [{ fn, pace, after }] : [];
    });
    const unchanged = looked
      .filter(({ fn }) => !state.pausedFunctions[fn.name])
      .map(({ fn }) => ({ name: fn.name, why: 'it is not paused' }));
    const functions = work.map(({ fn, pace, after }) => ({ name: fn.name, before: pace, after }));
    if (work.length === 0) return { functions, unchanged };
    await prompter.ask({
      text: `Resume ${work.map(({ fn }) => fn.name).join(', ')} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
    });
    if (flags.dryRun) return { functions, unchanged };
    await lock.take();
    await Promise.all(work.map(({ fn, pace, after }) => change(session, fn, pace, after)));
    const left = Object.entries(state.pausedFunctions).filter(([name]) => !work.some(({ fn }) => fn.name === name));
    await writeState(objects, environment.name, { ...state, pausedFunctions: Object.fromEntries(left) });
    return { functions, unchanged };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/**
 * No deployment wakes what is paused: CloudFormation may have given a function back what its template says. That is then
 * what resuming gives back. Answers with what is to be remembered.
 */
export async function keepPaused(
  session: Powers,
  functions: readonly DeployedFunction[],
  paused: Readonly<Record<string, PausedFunction>>,
): Promise<Record<string, PausedFunction>> {
  const kept = await Promise.all(
    functions.map(async (fn): Promise<[string, PausedFunction][]> => {
      const before = paused[fn.name];
      if (!before) return [];
      const pace = await paceOf(session, fn);
      if (isStopped(pace)) return [[fn.name, before]];
      await change(session, fn, pace, STOPPED(pace.trigger));
      const { concurrency, trigger, ...who } = before;
      const now = pace.concurrency === 0 ? { concurrency, trigger } : { ...remembered(pace), trigger };
      return [[fn.name, { ...who, ...now }]];
    }),
  );
  return Object.fromEntries(kept.flat());
}

async function paced(session: Session, names: readonly string[] | undefined) {
  const { outputsOf } = await deployed(session);
  const found = deployedFunctions(outputsOf, Object.keys(session.environment.blocks.functions));
  const chosen = names === undefined ? found : found.filter(({ name }) => names.includes(name));
  return Promise.all(chosen.map(async (fn) => ({ fn, pace: await paceOf(session, fn) })));
}

async function paceOf({ aws }: Powers, { functionName, queueReader, rule }: DeployedFunction): Promise<FunctionPace> {
  const [concurrency, mapping, isRuleOn] = await Promise.all([
    aws.lambda.reservedConcurrency(functionName),
    queueReader === undefined ? undefined : aws.lambda.mapping(queueReader),
    rule === undefined ? undefined : aws.events.isRuleOn(rule),
  ]);
  const trigger = queueReader === undefined ? (isRuleOn ?? null) : /^(Enabl|Creat|Updat)/.test(mapping?.State ?? '');
  return { concurrency: concurrency ?? null, trigger };
}

const isStopped = ({ concurrency, trigger }: FunctionPace): boolean => concurrency === 0 && trigger !== true;

const remembered = ({ concurrency, trigger }: FunctionPace): Pick<PausedFunction, 'concurrency' | 'trigger'> => ({
  ...(concurrency === null ? {} : { concurrency }),
  ...(trigger === null ? {} : { trigger }),
});

/** Off before no invocation is let through, on after: what is started in between would end among the dead letters. */
async function change(
  { aws }: Powers,
  { functionName, queueReader, rule }: DeployedFunction,
  before: FunctionPace,
  after: FunctionPace,
): Promise<void> {
  const pull = async () => {
    if (after.trigger === null || after.trigger === before.trigger) return;
    if (queueReader !== undefined) await aws.lambda.enableMapping(queueReader, after.trigger);
    else if (rule) await aws.events.switchRule(rule, after.trigger);
  };
  if (after.trigger === false) await pull();
  if (after.concurrency !== before.concurrency)
    await aws.lambda.reserveConcurrency(functionName, after.concurrency ?? undefined);
  if (after.trigger === true) await pull();
}
