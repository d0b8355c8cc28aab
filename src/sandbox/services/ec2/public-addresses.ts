import { randomInt } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { addresses, networkInterfaces } from './state.ts';

/** An unused public address, from the range set aside for benchmarks (198.18.0.0/15, RFC 2544): nobody has it. */
export function freshPublicAddress(scope: Scope): string {
  const taken = new Set([
    ...addresses
      .in(scope)
      .values()
      .map(({ PublicIp }) => PublicIp),
    ...networkInterfaces
      .in(scope)
      .values()
      .map(({ Association }) => Association?.PublicIp),
  ]);
  for (;;) {
    const address = `198.${18 + randomInt(2)}.${randomInt(256)}.${1 + randomInt(254)}`;
    if (!taken.has(address)) return address;
  }
}
