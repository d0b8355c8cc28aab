import { appendFileSync } from 'node:fs';
import { sample } from './sample.ts';

/** How many of a scene's points are tried; absent: the few that every run of the tests takes. */
export interface Extent {
  /** How many in a run of all tests. */
  few: number;
  /** From the environment: a number, or `all`. */
  asked: string | undefined;
  seed: number;
}

/** Of the sample that every run of the tests takes: always the same one, and another by CRASH_SEED. */
export const seedOr = (usual: number): number => Number(process.env.CRASH_SEED ?? usual);

/** Tries points side by side and answers with what went wrong, in words. Every verdict is written down where asked. */
export async function runPoints<T, V extends { wrong?: string }>(
  items: readonly T[],
  { few, asked, seed }: Extent,
  { name, beside, attempt }: { name: string; beside: number; attempt: (item: T) => Promise<V> },
): Promise<{ tried: number; wrong: V[] }> {
  const chosen = asked === 'all' ? [...items] : sample(items, Number(asked ?? few), seed);
  const wrong: V[] = [];
  const queue = [...chosen];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const verdict = await attempt(item);
      if (verdict.wrong) wrong.push(verdict);
      const file = process.env.RELIABILITY_RESULTS;
      if (file) appendFileSync(file, `${JSON.stringify({ name, ...verdict })}\n`);
    }
  };
  await Promise.all(Array.from({ length: beside }, work));
  return { tried: chosen.length, wrong };
}
