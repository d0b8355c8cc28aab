import { type Advice, ENOUGH_HOURS, fits, percentile, shownPercent, tooLittle } from './advice.ts';
import type { HourlyUse } from './service-advice.ts';

export interface ServerlessUse {
  min: number;
  max: number;
  /** In ACU. */
  capacity: readonly HourlyUse[];
}

const LEAST = 0.5;
const MOST = 256;
const halves = (acu: number): number => Math.ceil(acu * 2) / 2;

/** S4-167: the bounds of an Aurora Serverless v2 cluster by what it has scaled to. */
export function serverlessAdvice({ min, max, capacity }: ServerlessUse): Advice {
  if (capacity.length < ENOUGH_HOURS) return few(capacity.length);
  const averages = capacity.map(({ average }) => average);
  const full = capacity.filter(({ average }) => average >= max * 0.95).length;
  const share = (full / capacity.length) * 100;
  const busy = percentile(averages, 95);
  const most = Math.max(...capacity.map(({ maximum }) => maximum));
  const seen = `it had ${round(percentile(averages, 50))} ACU in the middle hour, ${round(busy)} or less in 95 of 100, ${round(most)} at the most`;
  if (share > 5 && max < MOST)
    return {
      verdict: 'larger',
      suggested: { 'acu.max': Math.min(MOST, halves(max * 1.5)) },
      why: `${seen}: ${shownPercent(share)} of the hours it was at its bound, and whoever asks waits`,
    };
  // At its least all the time: whether less would do shows only with less.
  if (min > LEAST && busy <= min * 1.05)
    return {
      verdict: 'smaller',
      suggested: { 'acu.min': Math.max(LEAST, halves(min / 2)) },
      why: `${seen}: it stays at its least. Less capacity keeps fewer pages in memory, so watch the latencies afterwards`,
    };
  return fits(seen);
}

export interface InstanceUse {
  class: string;
  processor: readonly HourlyUse[];
  /** The least of each hour, in bytes. */
  freeable: readonly { minimum: number }[];
}

/** GiB of memory: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html */
const CLASSES = [
  ['db.t4g.micro', 1],
  ['db.t4g.small', 2],
  ['db.t4g.medium', 4],
  ['db.t4g.large', 8],
  ['db.t4g.xlarge', 16],
  ['db.t4g.2xlarge', 32],
] as const;
const GIB = 1024 ** 3;

/** S4-167: the class of an instance by its processor and the memory that it had left. */
export function instanceAdvice({ class: size, processor, freeable }: InstanceUse): Advice {
  const hours = Math.min(processor.length, freeable.length);
  if (hours < ENOUGH_HOURS) return few(hours);
  const at = CLASSES.findIndex(([name]) => name === size);
  const busy = percentile(
    processor.map(({ average }) => average),
    95,
  );
  const free = Math.min(...freeable.map(({ minimum }) => minimum)) / GIB;
  const seen = `in 95 of 100 hours the processor was used ${shownPercent(busy)} or less, and ${round(free)} GiB of memory were free at the least`;
  if (at < 0) return fits(`${seen}; of ${size} no neighbour is known here`);
  const [larger, smaller] = [CLASSES[at + 1], CLASSES[at - 1]];
  if (larger && (busy > 80 || free < CLASSES[at]![1] * 0.05))
    return { verdict: 'larger', suggested: { 'instance.class': larger[0] }, why: seen };
  // A class down halves the memory, and what is used has to fit with room.
  const used = CLASSES[at]![1] - free;
  if (smaller && busy < 20 && used < smaller[1] * 0.8)
    return {
      verdict: 'smaller',
      suggested: { 'instance.class': smaller[0] },
      why: `${seen}. Changing the class restarts the database`,
    };
  return fits(seen);
}

const few = (hours: number): Advice =>
  tooLittle(`${hours} hours were measured, and ${ENOUGH_HOURS} are the least to judge by`);
const round = (value: number): number => Math.round(value * 100) / 100;
