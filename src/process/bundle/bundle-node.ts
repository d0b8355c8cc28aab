import { join, relative } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { bundleFailure } from './bundle-failure.ts';
import type { BundleFiles, FunctionSource } from './bundle-functions.ts';
import { filesOf } from './copy-packages.ts';
import { findEntry, handlerParts } from './find-entry.ts';
import { packagesAsTheyAre } from './packages-as-they-are.ts';

/**
 * One file with everything in it, and its source map. ES modules, as most code is written, unless the entry is CommonJS:
 * its exports would all be hidden behind one default.
 */
export async function bundleNode(source: FunctionSource): Promise<BundleFiles> {
  const entry = findEntry(source);
  const esm = await build(source, entry, 'esm');
  const made = esm.format === 'cjs' ? await build(source, entry, 'cjs') : esm;
  if (made === esm) checkExport(source, esm.exports);
  for (const [path, content] of filesOf(made.packages, source)) made.files.set(path, content);
  return made.files;
}

/** What CommonJS packages count on, which ES modules do not have. Globals, so that they meet no name of the code. */
const COMMONJS = `import { createRequire as platformRequire } from 'node:module';
import { dirname as platformDirname } from 'node:path';
import { fileURLToPath as platformPath } from 'node:url';
globalThis.require ??= platformRequire(import.meta.url);
globalThis.__filename ??= platformPath(import.meta.url);
globalThis.__dirname ??= platformDirname(globalThis.__filename);`;

interface Built {
  files: BundleFiles;
  /** How the entry itself is written. */
  format: 'esm' | 'cjs' | undefined;
  exports: readonly string[];
  /** Folders of packages that could not be put into one file. */
  packages: ReadonlySet<string>;
}

async function build(source: FunctionSource, entry: string, format: 'esm' | 'cjs'): Promise<Built> {
  const esbuild = await import('esbuild');
  const packages = new Set<string>();
  // Nothing is written there; paths in the source map are relative to it.
  const outdir = join(source.root, 'bundle');
  const options = {
    entryPoints: [{ in: entry, out: handlerParts(source.handler).module }],
    absWorkingDir: source.root,
    outdir,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${/\d+/.exec(source.runtime)?.[0] ?? '22'}`,
    format,
    ...(format === 'esm' ? { banner: { js: COMMONJS } } : {}),
    // Less is unpacked at a cold start; names of classes stay, and stack traces are told by the map.
    minify: true,
    ...(source.shipped ? {} : { sourcemap: 'linked' as const, sourcesContent: false }),
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [packagesAsTheyAre(packages)],
  } satisfies BuildOptions;
  try {
    const { outputFiles, metafile } = await esbuild.build(options);
    const files: BundleFiles = new Map(outputFiles.map(({ path, contents }) => [relative(outdir, path), contents]));
    return { files, packages, ...factsOf(metafile, relative(source.root, entry)) };
  } catch (error) {
    throw bundleFailure(source, error);
  }
}

function factsOf({ inputs, outputs }: Metafile, entry: string): Pick<Built, 'format' | 'exports'> {
  const key = entry.replaceAll('\\', '/');
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint === key);
  return { format: inputs[key]?.format, exports: output?.exports ?? [] };
}

function checkExport({ name, written, handler }: FunctionSource, exports: readonly string[]): void {
  const { name: wanted } = handlerParts(handler);
  if (exports.includes(wanted)) return;
  const near = nearest(wanted, exports) ?? (exports.length === 1 ? exports[0] : undefined);
  throw new PlatformError({
    id: 'function-handler',
    kind: 'usage',
    message: `functions.${name}: ${written} exports ${exports.length > 0 ? exports.join(', ') : 'nothing'}, and no ${wanted}`,
    remedy: near
      ? `write handler: ${handlerParts(handler).module}.${near}, or export ${wanted}`
      : `export a function called ${wanted}`,
  });
}
