import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

export interface PackageFile {
  name?: string;
  version?: string;
  gypfile?: boolean;
  binary?: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/**
 * Leaves out of the one file what only works as a folder: packages with binaries or files that they look for beside
 * themselves. They are put beside the bundle as they are installed; `into` collects their folders.
 */
export function packagesAsTheyAre(into: Set<string>): Plugin {
  return {
    name: 'packages-as-they-are',
    setup({ onResolve }) {
      onResolve({ filter: /^[@a-z0-9]/i }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point' || isBuiltin(path)) return undefined;
        const name = packageName(path);
        const folder = findPackage(name, resolveDir);
        // Every Node.js runtime of Lambda brings AWS's own clients; an installed one goes first.
        if (!folder) return /^@(aws-sdk|smithy)\//.test(name) ? { path, external: true } : undefined;
        if (!isWholeFolder(readPackage(folder))) return undefined;
        into.add(folder);
        return { path, external: true };
      });
    },
  };
}

/** `@scope/name/part` is a part of `@scope/name`. */
const packageName = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** The folder of an installed package as Node.js would find it from there, links followed. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(folder) === folder) return undefined;
  }
}

export function readPackage(folder: string): PackageFile {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;
  } catch {
    return {};
  }
}

/** Loaders of binaries: https://github.com/prebuild/node-gyp-build and its like. */
const LOADERS = [
  'bindings',
  'node-gyp-build',
  'node-pre-gyp',
  '@mapbox/node-pre-gyp',
  'prebuild-install',
  'node-addon-api',
];
/** Their generated client and engines lie beside the package. */
const KNOWN = ['@prisma/client', 'prisma'];
/** A package for one platform, as sharp and its like have them among their optional dependencies. */
export const PLATFORM = /(?:^|[-/])linux(?:musl)?-(?:x64|arm64)(?:-|$)/;

function isWholeFolder({
  name = '',
  gypfile,
  binary,
  scripts,
  dependencies,
  optionalDependencies,
}: PackageFile): boolean {
  return (
    KNOWN.includes(name) ||
    gypfile === true ||
    binary !== undefined ||
    /node-gyp|prebuild/.test(scripts?.install ?? '') ||
    LOADERS.some((loader) => dependencies?.[loader] !== undefined) ||
    Object.keys(optionalDependencies ?? {}).some((one) => PLATFORM.test(one))
  );
}
