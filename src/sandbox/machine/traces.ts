import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Its presence says that something of a sandbox is, or was, outside of its directory. */
export const TRACES_FILE = 'traces';

/** Before the first container or database server is made: whoever clears the sandbox has to ask its server. */
export function leaveTraces(directory: string | undefined): void {
  if (directory !== undefined) writeFileSync(join(directory, TRACES_FILE), '', { mode: 0o600 });
}

/** Nothing is left out there. */
export function forgetTraces(directory: string | undefined): void {
  if (directory !== undefined) rmSync(join(directory, TRACES_FILE), { force: true });
}
