import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder of the package, beside `src` or `dist`. */
export function packageFolder(name: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, name);
    if (existsSync(join(folder, 'package.json')) && existsSync(candidate)) return candidate;
  }
  throw new Error(`the package has no folder ${name}`);
}
