import { stat } from 'node:fs/promises';
import { build } from 'esbuild';

export interface BundleOptions {
  /** Constants that the code is compiled with: the configuration of functions that have no environment variables. */
  define?: Record<string, unknown>;
  /** Packages that lie beside the bundle, because they are more than JavaScript. */
  external?: readonly string[];
}

/**
 * A handler of ours and all it needs as one file, and its size in bytes. CommonJS, since packages inside still call
 * `require`. The same input gives the same bytes: Lambda makes no new version of what has not changed.
 */
export async function bundle(entry: string, outfile: string, { define = {}, external = [] }: BundleOptions = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    legalComments: 'eof',
    logLevel: 'silent',
    define: asCode(define),
    external: [...external],
  });
  return (await stat(outfile)).size;
}

/** Values as esbuild wants them: each the text of an expression. */
export const asCode = (define: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)]));
