import { type Advice, fits, tooLittle } from './advice.ts';

export interface FunctionUse {
  /** MiB, as configured. */
  memory: number;
  calls: number;
  /** The most that any call has used. */
  usedMb: number;
}

const ENOUGH_CALLS = 100;
/** Of what was used most, on top: inputs grow, and a call without memory ends. */
const ROOM = 1.3;
const STEP = 64;
const LEAST = 128;
const MOST = 10_240;

const stepped = (mb: number): number => Math.min(MOST, Math.max(LEAST, Math.ceil(mb / STEP) * STEP));

/** S4-166: the memory of a function by what its calls have used. */
export function functionAdvice({ memory, calls, usedMb }: FunctionUse): Advice {
  if (calls < ENOUGH_CALLS)
    return tooLittle(`${calls} calls were logged, and ${ENOUGH_CALLS} are the least to judge by`);
  const most = `no call of ${calls} used more than ${Math.ceil(usedMb)} of ${memory} MB`;
  if (usedMb > memory * 0.9 && memory < MOST)
    return {
      verdict: 'larger',
      suggested: { memory: Math.max(stepped(usedMb * ROOM), stepped(memory * 1.25)) },
      why: `${most}: the next larger input ends it`,
    };
  const enough = stepped(usedMb * ROOM);
  if (enough > memory * 0.75) return fits(most);
  return {
    verdict: 'smaller',
    suggested: { memory: enough },
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    why: `${most}. Lambda gives processor time with memory: a function that computes gets slower with less, so measure its duration afterwards`,
  };
}
