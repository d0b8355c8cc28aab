import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundledFunction, BundleFiles } from './bundle-functions.ts';

/** More than a project has at a time; what was used longest ago goes first. */
const MOST_KEPT = 200;

/** Puts a bundle into the folder named for its content. Two processes that do so at once leave the same. */
export function keepBundle(files: BundleFiles, cache: string): BundledFunction {
  const hash = hashOf(files);
  const directory = join(cache, hash);
  if (existsSync(directory)) {
    const now = new Date();
    utimesSync(directory, now, now);
    return { directory, hash };
  }
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, '.making-'));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), content);
  }
  try {
    renameSync(made, directory);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  prune(cache);
  return { directory, hash };
}

/** Of paths and contents. */
export function hashOf(files: BundleFiles): string {
  const whole = createHash('sha256');
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    whole.update(`${path}\0${content.length}\0`);
    whole.update(content);
  }
  return whole.digest('hex');
}

function prune(cache: string): void {
  const kept = readdirSync(cache).filter((name) => !name.startsWith('.'));
  if (kept.length <= MOST_KEPT) return;
  const byAge = kept
    .map((name) => ({ name, usedAt: statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { name } of byAge.slice(MOST_KEPT)) rmSync(join(cache, name), { recursive: true, force: true });
}
