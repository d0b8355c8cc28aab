import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PlatformError } from '../errors/platform-error.ts';

export const FILE_NAME = 'platform.yaml';

/** Names that people try first, in this or another language. */
const OTHER_NAMES = [
  'platform.yml',
  'platform.json',
  'platform.jsonc',
  'platform.yaml.txt',
  'platform.toml',
  'platform.ts',
  'Platform.yaml',
];

export interface FoundFile {
  /** Absolute path of platform.yaml. */
  file: string;
  /** Absolute path of its folder. */
  root: string;
  /** Absolute path of the repository around it, if there is one. */
  gitRoot?: string;
}

/**
 * Looks in the folder and in those above it, up to the root of the git repository or to a ceiling
 * (`GIT_CEILING_DIRECTORIES`, which means the same to git). Throws when there is no file.
 */
export function findFile(directory: string, ceilings: readonly string[] = []): FoundFile {
  const start = resolve(directory);
  let other: string | undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, FILE_NAME);
    if (existsSync(file)) return { file, root: folder, gitRoot: gitRootOf(folder) };
    other ??= OTHER_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder || ceilings.includes(dirname(folder))) break;
  }
  throw other === undefined ? nothingFound(start) : otherName(other);
}

/** `.git` is a folder in a clone and a file in a worktree or submodule. */
export function gitRootOf(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

const nothingFound = (start: string) =>
  new PlatformError({
    id: 'config-missing',
    kind: 'usage',
    message: `There is no ${FILE_NAME} in ${start} or above it`,
    remedy: 'platform init writes one; -C <dir> names another folder',
  });

const otherName = (path: string) =>
  new PlatformError({
    id: 'config-other-name',
    kind: 'usage',
    message: `There is ${path}, but platform reads ${FILE_NAME} only`,
    remedy: /\.ya?ml(\.txt)?$/i.test(path)
      ? `mv ${basename(path)} ${FILE_NAME}`
      : `write the same settings into ${FILE_NAME}; platform init starts one`,
  });
