import type { World } from '../../kernel/world.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by what is throttled: as long as this server lives, in real time, for callers come in real time. */
const buckets = new WeakMap<World, Map<string, Bucket>>();

/** Takes a token; false when there is none left. */
export function takeToken(world: World, key: string, { rate, burst }: { rate: number; burst: number }): boolean {
  const all = buckets.get(world) ?? new Map<string, Bucket>();
  buckets.set(world, all);
  const now = performance.now();
  const { tokens, at } = all.get(key) ?? { tokens: burst, at: now };
  const filled = Math.min(burst, tokens + ((now - at) / 1_000) * rate);
  const isLeft = filled >= 1;
  all.set(key, { tokens: isLeft ? filled - 1 : filled, at: now });
  return isLeft;
}
