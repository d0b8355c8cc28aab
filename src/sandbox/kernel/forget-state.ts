import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_FILE, SNAPSHOT_FILE } from './state-format.ts';

/** Removes what a closed world left in its directory. */
export function forgetState(directory: string): void {
  for (const name of [SNAPSHOT_FILE, JOURNAL_FILE, 'blobs'])
    rmSync(join(directory, name), { recursive: true, force: true });
}
