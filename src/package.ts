import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Up to the folder that holds package.json: one step from `src`, two from `dist/src`. */
function packageRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch (error) {
      if (folder === dirname(folder)) throw error;
    }
  }
}

export const PACKAGE_ROOT = packageRoot();

export const VERSION: string = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;
