import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { PlatformError } from '../errors/platform-error.ts';
import { FILE_NAME } from './find-file.ts';
import type { Project } from './project.ts';
import { isInside } from './rules/paths.ts';

/**
 * The absolute path of a file or folder that the configuration names, links followed.
 * Throws when it is not there, or leaves the repository by a link.
 */
export function projectPath({ root, gitRoot }: Pick<Project, 'root' | 'gitRoot'>, ...written: string[]): string {
  const path = resolve(root, ...written);
  const shown = written.join('/');
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    throw new PlatformError({
      id: 'path-missing',
      kind: 'usage',
      message: `There is no ${shown} beside ${FILE_NAME} (${path})`,
      remedy: `correct the path in ${FILE_NAME}, or make the file`,
      cause,
    });
  }
  if (isInside(realpathSync(gitRoot ?? root), real)) return real;
  throw new PlatformError({
    id: 'path-leaves-repository',
    kind: 'usage',
    message: `${shown} is a way out of the repository, to ${real}`,
    remedy: 'put the files themselves into the repository instead of a link',
  });
}
