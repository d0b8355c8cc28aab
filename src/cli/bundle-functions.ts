import { join } from 'node:path';
import type { Bundle } from '../cdk/cdk.ts';
import type { Project } from '../config/project.ts';
import { PACKAGE_ROOT } from '../package.ts';

type Input = Parameters<Bundle>[0];

/** Bundles the functions of an environment from the project's files and from our own; esbuild is loaded when there are any. */
export const bundlerOf =
  (project: () => Promise<Project>): Bundle =>
  async ({ functions, edges, next }) => {
    const isCode = Object.keys(functions).length + edges.length > 0;
    const codes = isCode ? await bundled(await project(), { functions, edges }) : {};
    return { codes, ...(Object.keys(next).length > 0 ? await built(await project(), next) : { unbuilt: [] }) };
  };

async function bundled(found: Project, { functions, edges }: Pick<Input, 'functions' | 'edges'>) {
  const [{ bundleFunctions }, { bundleEdge }, { projectPath }] = await Promise.all([
    import('../process/bundle/bundle-functions.ts'),
    import('../process/bundle/bundle-edge.ts'),
    import('../config/project-path.ts'),
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
}

/** What OpenNext has built, and the sites that it has not. */
async function built(found: Project, sites: Input['next']) {
  const [{ readNextBuild }, { projectPath }] = await Promise.all([
    import('../process/open-next/read-output.ts'),
    import('../config/project-path.ts'),
  ]);
  const read = await Promise.all(
    Object.entries(sites).map(
      async ([site, { dir, warm }]) => [site, await readNextBuild(site, projectPath(found, dir), { warm })] as const,
    ),
  );
  return {
    next: Object.fromEntries(read.flatMap(([site, output]) => (output ? [[site, output] as const] : []))),
    unbuilt: read.flatMap(([site, output]) => (output ? [] : [site])),
  };
}

/** A function that ships with this program, as sources. */
const builtinPath = (name: string): string => join(PACKAGE_ROOT, 'functions', name, 'handler.ts');
