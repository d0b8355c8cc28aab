import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { packageFolder } from './package-folder.ts';

const IMPORTED = /\sfrom\s'(\.[^']+)'/g;

/** The sources of our stacks, by path from their folder on: the entry and all that it imports. */
export function ownInfrastructure(entry = 'app.ts'): Map<string, string> {
  const folder = packageFolder('infra');
  const found = new Map<string, string>();
  const read = (path: string): void => {
    if (found.has(path)) return;
    const text = readFileSync(join(folder, path), 'utf8');
    found.set(path, text);
    for (const [, specifier] of text.matchAll(IMPORTED)) read(normalize(join(dirname(path), specifier!)));
  };
  read(entry);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
