import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder `templates` of the package, beside `src` or `dist`. */
export function templatesFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'templates');
    if (existsSync(join(folder, 'package.json')) && existsSync(candidate)) return candidate;
  }
  throw new Error('the package has no folder templates');
}
