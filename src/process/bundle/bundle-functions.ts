import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { bundleNode } from './bundle-node.ts';
import { bundlePython } from './bundle-python.ts';
import { keepBundle } from './keep-bundle.ts';

/** A function as it is written. */
export interface FunctionSource {
  name: string;
  /** As platform.yaml has it, for errors. */
  written: string;
  /** Absolute path of the file or folder, links followed. */
  path: string;
  /** What paths in the bundle are relative to: the same sources give the same bytes wherever they lie. */
  root: string;
  /** `index.handler` */
  handler: string;
  /** `nodejs22.x` */
  runtime: string;
  architecture: 'arm64' | 'x86_64';
  /** Ships with platform: its packages lie elsewhere on every machine, and the bundle is to say nothing of where. */
  shipped?: boolean;
}

export interface BundledFunction {
  directory: string;
  hash: string;
}

/** What a function is made of: contents by path. */
export type BundleFiles = Map<string, Uint8Array>;

/** Bundles functions into folders that are named for their content; what lies there already is not written again. */
export async function bundleFunctions(
  functions: readonly FunctionSource[],
  cache: string,
): Promise<Record<string, BundledFunction>> {
  const bundled = await fewAtATime(
    functions,
    async (source) => {
      const files = source.runtime.startsWith('python') ? bundlePython(source) : await bundleNode(source);
      return [source.name, keepBundle(files, cache)] as const;
    },
    4,
  );
  return Object.fromEntries(bundled);
}
