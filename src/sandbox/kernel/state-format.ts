import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Raised whenever rows that older programs wrote can no longer be read as they are. */
export const STATE_FORMAT = 1;

export const SNAPSHOT_FILE = 'state.ndjson';
export const JOURNAL_FILE = 'journal.ndjson';

/** Far more than the first line of either file holds. */
const HEAD_BYTES = 1024;

/** Throws when the state in this directory is of another format: it is never read as what it is not, nor dropped. */
export function refuseForeignState(directory: string): void {
  for (const name of [SNAPSHOT_FILE, JOURNAL_FILE]) {
    const head = firstLine(join(directory, name));
    if (head === undefined) continue;
    const format = formatOf(head);
    if (format !== STATE_FORMAT)
      throw new Error(
        `${join(directory, name)} was written by another version of platform ` +
          `(format ${format ?? 'unknown'}, this one reads ${STATE_FORMAT}) and is left as it is; ` +
          'use that version, or clear it with platform sandbox reset',
      );
  }
}

/** Undefined when the file is missing or does not hold a whole line yet. */
function firstLine(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const bytes = Buffer.alloc(HEAD_BYTES);
  const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0));
  closeSync(descriptor);
  // A line cut short by a kill was never acknowledged; one that never ends is nothing of ours.
  return text.includes('\n') ? text.slice(0, text.indexOf('\n')) : text.length === HEAD_BYTES ? text : undefined;
}

function formatOf(head: string): number | undefined {
  try {
    return (JSON.parse(head) as { format?: number }).format;
  } catch {
    return undefined;
  }
}
