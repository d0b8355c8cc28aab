import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.ts';
import type { BundledFunction } from './bundle-functions.ts';

/** A function that ships for the edges, and what is compiled into it because nothing else reaches it there. */
export type EdgeSource = { does: 'images'; maxDimension: number } | { does: 'body-hash' };

const FOLDERS = { images: 'image-transform', 'body-hash': 'body-hash' } as const;

/**
 * The package of a function at the edge, named for all that it is made of: the same version of platform gives the same
 * name everywhere, and packing 20 MB is only done where no earlier command has done it.
 */
export async function bundleEdge(source: EdgeSource, cache: string): Promise<BundledFunction> {
  const hash = await hashOf(source);
  const directory = join(cache, hash);
  if (existsSync(directory)) {
    const now = new Date();
    await utimes(directory, now, now);
    return { directory, hash };
  }
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, '.making-'));
  try {
    await pack(source, join(making, 'code'), cache);
    // Another process may have been quicker; what it made is the same.
    await rename(join(making, 'code'), directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return { directory, hash };
}

async function pack(source: EdgeSource, outFolder: string, cache: string): Promise<void> {
  if (source.does === 'images') {
    const { packageImageTransform } = await import('../../../functions/image-transform/package.ts');
    const { maxDimension } = source;
    await packageImageTransform({ outFolder, cacheFolder: join(cache, '..', 'sharp'), settings: { maxDimension } });
    return;
  }
  const { bundle } = await import('../../../functions/shared/bundle.ts');
  await mkdir(outFolder, { recursive: true });
  await bundle(join(PACKAGE_ROOT, 'functions', 'body-hash', 'handler.ts'), join(outFolder, 'index.js'));
}

/** Of its sources, of what it is compiled with, and of the packages that it takes along, which our own versions pin. */
async function hashOf(source: EdgeSource): Promise<string> {
  const whole = createHash('sha256').update(JSON.stringify(source));
  for (const folder of [FOLDERS[source.does], 'shared']) {
    const root = join(PACKAGE_ROOT, 'functions', folder);
    for (const name of (await readdir(root)).filter(isSource).sort())
      whole.update(`\0${folder}/${name}\0`).update(await readFile(join(root, name)));
  }
  const { dependencies } = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const lock = join(PACKAGE_ROOT, 'functions', 'image-transform', 'linux-x64', 'package.json');
  whole.update(`\0${dependencies.esbuild} ${dependencies.sharp}\0`);
  return whole.update(source.does === 'images' ? await readFile(lock) : '').digest('hex');
}

const isSource = (name: string): boolean =>
  name.endsWith('.ts') && !/\.test\.ts$|^(bench|package|linux-binary)\.ts$/.test(name);
