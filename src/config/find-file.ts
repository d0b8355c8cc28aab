import { existsSync, statSync } from 'node:fs';
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
export function findFile(directory: string, ceilings: readonly string[] = [], ownerOf = owner): FoundFile {
  const start = resolve(directory);
  let other: string | undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, FILE_NAME);
    if (existsSync(file)) {
      if (folder !== start && isForeign(ownerOf(file))) throw ofSomebodyElse(file);
      return { file, root: folder, gitRoot: gitRootOf(folder) };
    }
    other ??= OTHER_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder || ceilings.includes(dirname(folder))) break;
  }
  throw other === undefined ? nothingFound(start) : otherName(other);
}

/** Undefined where files have none. */
const owner = (file: string): number | undefined => (process.getuid ? statSync(file).uid : undefined);

/**
 * Above the folder that somebody stands in may be one that everybody can write to, such as /tmp; and what is configured
 * is run. git looks at owners for the same reason: https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
 */
const isForeign = (uid: number | undefined): boolean => uid !== undefined && uid !== 0 && uid !== process.getuid?.();

/** `.git` is a folder in a clone and a file in a worktree or submodule. */
export function gitRootOf(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

const ofSomebodyElse = (file: string) =>
  new PlatformError({
    id: 'config-foreign',
    kind: 'usage',
    message: `${file}, above the folder that this was typed in, belongs to another user of this machine`,
    remedy: `-C ${dirname(file)} says that it is meant`,
  });

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
