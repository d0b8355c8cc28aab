import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const FILE = join('docs', 'iam-policies.json');

/** One step above `src`, two above `dist/src`. */
export async function policiesFile(): Promise<string> {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, FILE);
    if (existsSync(file)) return readFile(file, 'utf8');
    if (folder === dirname(folder)) throw new Error(`${FILE} is not part of this installation`);
  }
}
