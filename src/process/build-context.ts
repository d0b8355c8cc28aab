import { createHash, type Hash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type IgnoreRules, parseIgnore } from '../domain/dockerignore.ts';

export interface BuildContext {
  /** Of all that the engine is sent and of the Dockerfile: the same sources give the same, on every machine. */
  hash: string;
  files: number;
  bytes: number;
  /** False: there was too much to read, and sizes and times stand for the contents. */
  exact: boolean;
  /** `.git` is part of the context, so that a build may depend on the commit itself. */
  holdsGit: boolean;
  /** Files of `secrets push` that would lie in the image, and in everybody's hands who can pull it. */
  secretFiles: string[];
  /** Shell scripts whose first line ends as on Windows: no kernel finds the interpreter that it names (F-36). */
  windowsScripts: string[];
}

/** More than this is not read: a build would have to send it too, but a plan must answer within seconds. */
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 50_000;
const AT_ONCE = 16;

interface Entry {
  path: string;
  kind: 'file' | 'link';
  executable: boolean;
  size: number;
  modifiedMs: number;
}

/**
 * Reads what a build of this folder depends on: what .dockerignore leaves in, and the Dockerfile. `.git` is not read,
 * because a mere `git status` rewrites it; nor is `.platform`, which every command of ours writes to.
 */
export async function readBuildContext({
  folder,
  dockerfile,
  mostBytes = MOST_BYTES,
}: {
  /** Absolute. */
  folder: string;
  /** Absolute. */
  dockerfile: string;
  mostBytes?: number;
}): Promise<BuildContext> {
  const ignored = await ignoreRules(folder, dockerfile);
  const entries: Entry[] = [];
  await walk(folder, '', ignored, entries);
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  const exact = bytes <= mostBytes && entries.length <= MOST_FILES;
  const contents = exact ? await digests(folder, entries) : [];
  const hash = createHash('sha256');
  add(hash, 'platform-context/1', await readFile(dockerfile, 'utf8'));
  for (const [index, { path, kind, executable, size, modifiedMs }] of entries.entries())
    add(hash, kind, path, executable ? 'x' : '-', exact ? contents[index]! : `${size} ${modifiedMs}`);
  return {
    hash: hash.digest('hex'),
    files: entries.length,
    bytes,
    exact,
    holdsGit: !ignored.excludes('.git') && (await exists(join(folder, '.git'))),
    windowsScripts: exact ? await windowsScripts(folder, entries) : [],
    secretFiles: entries.map(({ path }) => path).filter((path) => /(^|\/)\.env(\.(?!example$)[^/.]+)?$/.test(path)),
  };
}

/** BuildKit prefers a list of its own for each Dockerfile. */
async function ignoreRules(folder: string, dockerfile: string): Promise<IgnoreRules> {
  const own = await readFile(`${dockerfile}.dockerignore`, 'utf8').catch(() => undefined);
  return parseIgnore(own ?? (await readFile(join(folder, '.dockerignore'), 'utf8').catch(() => '')));
}

const NEVER_READ = new Set(['.git', '.platform']);

async function walk(folder: string, below: string, ignored: IgnoreRules, entries: Entry[]): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (below === '' && NEVER_READ.has(entry.name)) continue;
    const excluded = ignored.excludes(path);
    if (entry.isDirectory()) {
      if (!excluded || ignored.hasExceptions) await walk(folder, path, ignored, entries);
    } else if (!excluded) await take(folder, path, entry, entries);
  }
}

/** Sockets and devices are nothing that could be sent. */
async function take(folder: string, path: string, entry: Dirent, entries: Entry[]): Promise<void> {
  if (!entry.isFile() && !entry.isSymbolicLink()) return;
  const { mode, size, mtimeMs } = await lstat(join(folder, path));
  entries.push({
    path,
    kind: entry.isFile() ? 'file' : 'link',
    executable: entry.isFile() && (mode & 0o111) !== 0,
    size: entry.isFile() ? size : 0,
    modifiedMs: mtimeMs,
  });
}

async function digests(folder: string, entries: readonly Entry[]): Promise<string[]> {
  const found: string[] = new Array(entries.length);
  let next = 0;
  const read = async () => {
    while (next < entries.length) {
      const index = next;
      next += 1;
      const { path, kind } = entries[index]!;
      found[index] = kind === 'link' ? await readlink(join(folder, path)) : await digestOf(join(folder, path));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return found;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

async function windowsScripts(folder: string, entries: readonly Entry[]): Promise<string[]> {
  const found: string[] = [];
  for (const { path, kind } of entries) {
    if (kind !== 'file' || !path.endsWith('.sh')) continue;
    if (/^#![^\n]*\r\n/.test(await readFile(join(folder, path), 'utf8'))) found.push(path);
  }
  return found;
}

/** With the length before each part, so that no two lists of parts run into the same text. */
function add(hash: Hash, ...parts: string[]): void {
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
}

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
