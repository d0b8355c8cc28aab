import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../kernel/world.ts';

/** Its presence says that something of a sandbox is, or was, outside of its directory. */
const TRACES_FILE = 'traces';

/**
 * Before a container or database server is made: whoever clears the sandbox has to ask its server, and somebody has to
 * stop them when that is killed.
 */
export function leaveTraces({ directory, machine }: World): void {
  machine?.guard?.begin();
  if (directory !== undefined) writeFileSync(join(directory, TRACES_FILE), '', { mode: 0o600 });
}

/** Whether the sandbox of this directory has left anything elsewhere on this machine. */
export const hasTraces = (directory: string | undefined): boolean =>
  directory !== undefined && existsSync(join(directory, TRACES_FILE));

/** Nothing is left out there. */
export function forgetTraces(directory: string | undefined): void {
  if (directory !== undefined) rmSync(join(directory, TRACES_FILE), { force: true });
}
