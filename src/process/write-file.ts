import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all: a reader sees the old bytes or the new ones. `mode` 0o600 where it holds secrets;
 * without one a file that is there already stays as closed, or as executable, as somebody has made it.
 */
export async function writeFileAtomically(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const before = mode === undefined ? await stat(file).catch(() => undefined) : undefined;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, content, { mode: mode ?? (before ? 0o600 : 0o644) });
    if (before) await chmod(draft, before.mode & 0o777);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
