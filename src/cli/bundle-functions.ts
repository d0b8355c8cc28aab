import { join } from 'node:path';
import type { Bundle } from '../cdk/cdk.ts';
import type { Project } from '../config/project.ts';
import { PACKAGE_ROOT } from '../package.ts';

/** Bundles the functions of an environment from the project's files and from our own; esbuild is loaded when there are any. */
export const bundlerOf =
  (project: () => Promise<Project>): Bundle =>
  async ({ functions, edges }) => {
    if (Object.keys(functions).length === 0 && edges.length === 0) return {};
    const [{ bundleFunctions }, { bundleEdge }, { projectPath }, found] = await Promise.all([
      import('../process/bundle/bundle-functions.ts'),
      import('../process/bundle/bundle-edge.ts'),
      import('../config/project-path.ts'),
      project(),
    ]);
    const sources = Object.entries(functions).map(([name, { source, handler, runtime, architecture }]) => {
      const builtin = /^builtin:(.+)$/.exec(source)?.[1];
      const place = builtin
        ? { path: builtinPath(builtin), root: PACKAGE_ROOT, shipped: true }
        : { path: projectPath(found, source), root: found.gitRoot ?? found.root };
      return { name, written: source, ...place, handler, runtime, architecture };
    });
    const cache = join(found.root, '.platform', 'cache', 'functions');
    const codes = await bundleFunctions(sources, cache);
    for (const fn of edges) {
      const source = fn.does === 'images' ? { does: fn.does, maxDimension: fn.maxDimension } : { does: fn.does };
      codes[fn.code] = await bundleEdge(source, cache);
    }
    return codes;
  };

/** A function that ships with this program, as sources. */
const builtinPath = (name: string): string => join(PACKAGE_ROOT, 'functions', name, 'handler.ts');
