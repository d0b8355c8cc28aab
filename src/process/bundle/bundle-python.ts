import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { PlatformError } from '../../errors/platform-error.ts';
import type { BundleFiles, FunctionSource } from './bundle-functions.ts';
import { handlerParts } from './find-entry.ts';

/** A folder of Python as it stands; a single file alone. Packages have to lie in the folder: nothing is installed here. */
export function bundlePython(source: FunctionSource): BundleFiles {
  const { name, written, path, handler } = source;
  const isFolder = statSync(path).isDirectory();
  const files: BundleFiles = isFolder ? readSources(path) : new Map([[basename(path), readFileSync(path)]]);
  const { module } = handlerParts(handler);
  const wanted = `${module.replaceAll('.', '/')}.py`;
  if (!files.has(wanted))
    throw new PlatformError({
      id: 'function-python-entry',
      kind: 'usage',
      message: `functions.${name}: ${written} has no ${wanted}`,
      remedy: `name the module in functions.${name}.handler`,
    });
  const list = join(isFolder ? path : dirname(path), 'requirements.txt');
  if (existsSync(list) && needsPackages(readFileSync(list, 'utf8')) && !isVendored(files))
    throw new PlatformError({
      id: 'function-python-packages',
      kind: 'failed',
      message: `functions.${name}: ${relative(source.root, list)} names packages, and none is installed in ${written}`,
      remedy: `pip install -r ${relative(source.root, list)} -t ${written} --platform manylinux2014_${source.architecture === 'arm64' ? 'aarch64' : 'x86_64'} --only-binary=:all: puts them beside the code`,
    });
  return files;
}

const needsPackages = (text: string): boolean => text.split('\n').some((line) => /^\s*[A-Za-z0-9]/.test(line));

/** `pip install -t` leaves a folder of facts beside each package. */
const isVendored = (files: BundleFiles): boolean => [...files.keys()].some((path) => /^[^/]+\.dist-info\//.test(path));

function readSources(folder: string): BundleFiles {
  const files: BundleFiles = new Map();
  const walk = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) {
        if (!['__pycache__', '.git', '.venv', 'venv', '.pytest_cache'].includes(name)) walk(path);
      } else if (stat.isFile() && !name.endsWith('.pyc')) files.set(relative(folder, path), readFileSync(path));
    }
  };
  walk(folder);
  return files;
}
