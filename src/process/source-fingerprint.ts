import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

export interface FingerprintInput {
  /** Absolute. */
  folder: string;
  /** Below it, what a build writes: from the folder on, with `/`. */
  leaveOut: readonly string[];
  /** What else the outcome depends on: the command, the variables. */
  more: unknown;
}

/** What builds write for themselves, packages, and what commands of ours write. */
const NEVER = /(^|\/)(node_modules|\.git|\.platform|\.next|\.open-next)(\/|$)/;
/** Git leaves them out, and builds read them. */
const ENVIRONMENT = /^\.env(\.|$)/;

/**
 * What a build is made of: the same sources, command and variables give the same, on every machine. What git ignores
 * counts as a build's own, environment files excepted; without git everything counts.
 */
export async function sourceFingerprint({ folder, leaveOut, more }: FingerprintInput): Promise<string> {
  const isOut = (path: string) =>
    NEVER.test(path) || leaveOut.some((one) => path === one || path.startsWith(`${one.replace(/\/$/, '')}/`));
  const listed = (await trackedIn(folder)) ?? (await walked(folder, '', isOut));
  const own = (await readdir(folder)).filter((name) => ENVIRONMENT.test(name));
  const paths = [...new Set([...listed, ...own])].filter((path) => !isOut(path)).sort();
  const hash = createHash('sha256').update(JSON.stringify(more));
  for (const path of paths) {
    const stat = await lstat(join(folder, path)).catch(() => undefined);
    if (stat?.isSymbolicLink()) hash.update(`\0${path}\0link ${await readlink(join(folder, path))}`);
    if (stat?.isFile()) hash.update(`\0${path}\0${stat.size}\0`).update(await readFile(join(folder, path)));
  }
  return hash.digest('hex');
}

/** What git has there, and what it would take; undefined outside a repository and without git. */
async function trackedIn(folder: string): Promise<string[] | undefined> {
  const words = ['-C', folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { exitCode, stdout } = await execa('git', words, { reject: false });
  return exitCode === 0 ? stdout.split('\0').filter((path) => path !== '') : undefined;
}

async function walked(folder: string, below: string, isOut: (path: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isOut(path)) continue;
    if (entry.isDirectory()) found.push(...(await walked(folder, path, isOut)));
    else found.push(path);
  }
  return found;
}
