import type { Blocks } from '../config/blocks.ts';

/**
 * Ports of this machine for what listens: its own where that is free, else the next one. The same configuration gives
 * the same ports.
 */
export function localPorts({ services }: Pick<Blocks, 'services'>, taken: readonly number[]): Record<string, number> {
  const used = new Set(taken);
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { port }]) => {
      if (port === undefined) return [];
      let free = port;
      while (used.has(free)) free = free === 65_535 ? 1_024 : free + 1;
      used.add(free);
      return [[name, free]];
    }),
  );
}
