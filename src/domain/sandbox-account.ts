import { createHash } from 'node:crypto';

/** The account of every emulator, which no real one can have: the fence around `kind: local`. */
export const EMULATED_ACCOUNT = '000000000000';

/** The account that an environment has on the sandbox: always the same twelve digits for one project and name. */
export function sandboxAccount(project: string, environment: string): string {
  const digest = createHash('sha256').update(`${project}/${environment}`).digest();
  return String(100_000_000_000n + (digest.readBigUInt64BE() % 900_000_000_000n));
}
