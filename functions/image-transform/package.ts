import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundle } from '../shared/bundle.ts';
import { linuxBinary, NATIVE, packageRoot } from './linux-binary.ts';
import type { Settings } from './settings.ts';

/** Of the zip: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge */
const MOST_BYTES = 50 * 1024 * 1024;

export interface PackageOptions {
  /** Emptied and filled; what Lambda unpacks: the handler is `index.handler`. */
  outFolder: string;
  /** Where fetched machine code is kept between runs. */
  cacheFolder: string;
  settings?: Partial<Settings>;
}

/** The function as a folder: one file of ours, and sharp with its machine code beside it. Returns its bytes, unzipped. */
export async function packageImageTransform(options: PackageOptions): Promise<number> {
  const { outFolder, cacheFolder, settings = {} } = options;
  const sources = sourceFolder();
  await rm(outFolder, { recursive: true, force: true });
  await mkdir(outFolder, { recursive: true });
  await bundle(join(sources, 'handler.ts'), join(outFolder, 'index.js'), {
    define: { IMAGE_SETTINGS: settings },
    external: ['sharp'],
  });

  const modules = join(outFolder, 'node_modules');
  const sharp = await packageRoot('sharp', import.meta.filename);
  const { dependencies } = JSON.parse(await readFile(join(sharp, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  await copyPackage(sharp, join(modules, 'sharp'));
  for (const name of Object.keys(dependencies))
    await copyPackage(await packageRoot(name, join(sharp, 'package.json')), join(modules, name));
  const native = await linuxBinary(join(sources, 'linux-x64'), cacheFolder);
  for (const name of NATIVE) await copyPackage(join(native, name), join(modules, name));

  const bytes = await sizeOf(outFolder);
  // What is small enough unzipped is so zipped.
  if (bytes > MOST_BYTES) throw new Error(`the image function has ${bytes} bytes; Lambda@Edge takes ${MOST_BYTES}`);
  return bytes;
}

/** Where the sources of this function are: here, or in the published package, where this file runs compiled, beside `dist`. */
function sourceFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'functions', 'image-transform');
    if (existsSync(join(candidate, 'linux-x64'))) return candidate;
  }
  throw new Error('the sources of the image function are missing from the package');
}

/** Without what only compilers read: the sources in C++, types, and the modules that `require` does not load. */
const copyPackage = (from: string, to: string): Promise<void> =>
  cp(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) =>
      !/\.(mts|cts|ts|mjs|map|cc|h|gyp)$|[/\\](install|include|node_modules)$/.test(path.slice(from.length)),
  });

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
