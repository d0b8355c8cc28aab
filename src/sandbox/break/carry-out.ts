import type { Desk } from '../dispatch.ts';
import { AwsFault } from '../kernel/fault.ts';
import { type Bench, benchOf } from './bench.ts';
import { BREAK_STEPS, type BreakAnswer, type BreakRequest, type BreakStep, type StepName } from './break-steps.ts';
import { STEPS } from './steps.ts';

/**
 * Carries steps out one after the other, each to its end: what it sets going has come to rest before the next begins.
 * A step that is refused leaves nothing of its own behind, and those after it are not tried.
 */
export async function carryOut(desk: Desk, { account, region, steps }: BreakRequest): Promise<BreakAnswer> {
  const bench = benchOf(desk, { account, region });
  const done: string[] = [];
  for (const step of steps) {
    try {
      done.push(await desk.world.transaction(() => take(step, bench)));
      if (!('stack-under-way' in step)) await desk.world.settle();
      if ('pass-time' in step) await desk.world.advance(passing(step) * 1000);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return { done, refused: { code: error.code, message: error.message } };
    }
  }
  return { done };
}

const passing = (step: BreakStep): number => BREAK_STEPS['pass-time'].parse(step['pass-time']).seconds;

function take(step: BreakStep, bench: Bench): string | Promise<string> {
  const [name = '', ...others] = Object.keys(step);
  if (!Object.hasOwn(BREAK_STEPS, name) || others.length > 0)
    throw new AwsFault('UnknownStep', `There is no step ${[name, ...others].join(' + ')}`);
  const known = name as StepName;
  const input = BREAK_STEPS[known].safeParse(step[known]);
  if (!input.success) throw new AwsFault('StepInvalid', `${name}: ${input.error.issues[0]!.message}`);
  // The schema of a step has just made its input.
  return (STEPS[known] as (input: unknown, bench: Bench) => string | Promise<string>)(input.data, bench);
}
