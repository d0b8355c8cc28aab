import { FARGATE_MEMORY } from '../fargate-sizes.ts';
import { type Advice, ENOUGH_HOURS, fits, percentile, shownPercent, tooLittle } from './advice.ts';

export interface HourlyUse {
  /** In percent of what there is. */
  average: number;
  maximum: number;
}

export interface ServiceUse {
  cpu: number;
  /** MiB. */
  memory: number;
  processor: readonly HourlyUse[];
  memoryUse: readonly HourlyUse[];
}

/** What a task should be busy with in a bad hour, and what memory it should never be above. */
const BUSY = 60;
const FULL = 80;
/** Where scaling holds the processor at its target, a smaller task only makes more of them. */
const IDLE = 35;

/** Sizes of Fargate, the cheapest first: a vCPU costs about nine times a GiB. */
const SIZES = Object.entries(FARGATE_MEMORY)
  .flatMap(([cpu, memories]) => memories.map((memory) => ({ cpu: Number(cpu), memory })))
  .sort((a, b) => weight(a) - weight(b));

function weight({ cpu, memory }: { cpu: number; memory: number }): number {
  return cpu * 9 + memory;
}

/** S4-166: the size of a service's tasks by what they have used. */
export function serviceAdvice({ cpu, memory, processor, memoryUse }: ServiceUse): Advice {
  const hours = Math.min(processor.length, memoryUse.length);
  if (hours < ENOUGH_HOURS)
    return tooLittle(`${hours} hours were measured, and ${ENOUGH_HOURS} are the least to judge by`);
  const busy = percentile(
    processor.map(({ average }) => average),
    95,
  );
  const most = Math.max(...memoryUse.map(({ maximum }) => maximum));
  const seen = `in 95 of 100 hours the processor was used ${shownPercent(busy)} or less, and memory never more than ${shownPercent(most)}`;
  const needed = { cpu: (cpu * busy) / BUSY, memory: (memory * most) / FULL };
  const enough = SIZES.find((size) => size.cpu >= needed.cpu && size.memory >= needed.memory);
  if (!enough) return fits(`${seen}; Fargate has nothing larger`);
  if (most > 90 || busy > 85) {
    const larger = { cpu: Math.max(cpu, enough.cpu), memory: Math.max(memory, enough.memory) };
    const size = SIZES.find((one) => one.cpu >= larger.cpu && one.memory >= larger.memory) ?? enough;
    if (weight(size) > weight({ cpu, memory })) return { verdict: 'larger', suggested: { ...size }, why: seen };
  }
  if (busy < IDLE && weight(enough) < weight({ cpu, memory }))
    return { verdict: 'smaller', suggested: { ...enough }, why: seen };
  return fits(seen);
}
