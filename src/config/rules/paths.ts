import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { ValuePath } from '../value-path.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Every file and folder that the configuration names, as a chain of paths of which each is relative to the one before. */
function* paths({ blocks }: RuleContext): Iterable<{ path: ValuePath; chain: string[] }> {
  for (const [name, { image }] of Object.entries(blocks.services)) {
    yield { path: ['services', name, 'image', 'context'], chain: [image.context] };
    yield { path: ['services', name, 'image', 'dockerfile'], chain: [image.context, image.dockerfile] };
  }
  for (const [name, { source }] of Object.entries(blocks.functions))
    if (!source.startsWith('builtin:')) yield { path: ['functions', name, 'source'], chain: [source] };
  for (const [name, site] of Object.entries(blocks.sites)) {
    if (site.kind === 'media') continue;
    yield { path: ['sites', name, 'dir'], chain: [site.dir] };
    if (site.kind === 'spa') yield { path: ['sites', name, 'output'], chain: [site.dir, site.output] };
  }
  const image = blocks.migrations?.image;
  if (image) {
    yield { path: ['migrations', 'image', 'context'], chain: [image.context] };
    yield { path: ['migrations', 'image', 'dockerfile'], chain: [image.context, image.dockerfile] };
  }
}

/** What leaves the repository could be anything on this machine, and would be built into an image. Links are followed here where they exist already, and by `project-path.ts` when a path is used. */
export const PATH_RULES: readonly Rule[] = [
  {
    id: 'path-outside',
    title: 'Files belong to the repository',
    severity: 'error',
    waivable: false,
    check: function* (context) {
      const bound = context.gitRoot ?? context.root;
      for (const { path, chain } of paths(context)) {
        if (isInside(bound, resolve(context.root, ...chain))) {
          const target = linkedOutside(bound, resolve(context.root, ...chain));
          if (
            target === undefined ||
            (chain.length > 1 && linkedOutside(bound, resolve(context.root, ...chain.slice(0, -1))))
          )
            continue;
          yield {
            path,
            message: `${path.join('.')}: ${chain.at(-1)} is a link out of the repository, to ${target}`,
            remedy: 'put the files themselves into the repository instead of a link',
          };
          continue;
        }
        /* A context outside takes its Dockerfile along; that is one mistake. */
        if (chain.length > 1 && !isInside(bound, resolve(context.root, ...chain.slice(0, -1)))) continue;
        yield {
          path,
          message: `${path.join('.')}: ${chain.at(-1)} is outside ${context.gitRoot ? 'the git repository' : 'the folder of platform.yaml'}`,
          remedy: context.gitRoot
            ? 'move it into the repository'
            : 'git init in the folder that holds both, or move it here',
        };
      }
    },
  },
];

/** Where a path that is inside by its letters leads in truth; undefined when it stays, or is not there. */
function linkedOutside(bound: string, path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return isInside(realpathSync(bound), real) ? undefined : real;
  } catch {
    return undefined;
  }
}

export function isInside(bound: string, path: string): boolean {
  const way = relative(bound, path);
  return way === '' || (way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way));
}
