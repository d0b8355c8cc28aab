import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Which program this is: its version, and when the newest file of the sandbox changed. Compiled, all files are written
 * by one run of the compiler or of npm, so those of two folders speak for all; sources are edited one by one.
 */
export function buildOfSandbox(): string {
  const here = import.meta.dirname;
  const folders = import.meta.filename.endsWith('.ts') ? foldersOf(here) : [here, join(here, 'kernel')];
  let newest = 0;
  for (const folder of folders)
    for (const name of readdirSync(folder))
      if (/\.[jt]s$/.test(name) && !name.endsWith('.test.ts'))
        newest = Math.max(newest, statSync(join(folder, name)).mtimeMs);
  return `${versionAbove(here)} ${Math.round(newest)}`;
}

const foldersOf = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name)),
];

function versionAbove(folder: string): string {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch (error) {
    if (folder === dirname(folder)) throw error;
    return versionAbove(dirname(folder));
  }
}
