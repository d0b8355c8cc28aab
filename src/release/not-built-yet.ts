import type { Blocks } from '../config/blocks.ts';
import { hasCode } from '../domain/builtin-functions.ts';
import { textOf } from './setting-texts.ts';

export interface NotBuilt {
  /** Path in platform.yaml. */
  path: string;
  what: string;
}

/** What a configuration asks for and no stack holds yet, so that nothing is left out in silence. */
export function notBuiltYet(blocks: Blocks): NotBuilt[] {
  const { functions, sites, services } = blocks;
  const found: NotBuilt[] = [];
  const add = (path: string, what: string) => found.push({ path, what });

  for (const [name, { source }] of Object.entries(functions))
    if (!hasCode(source)) add(`functions.${name}`, `${source} is not built yet`);
  const components = [
    ...Object.entries(services).flatMap(([name, { env, sidecars }]) => [
      [`services.${name}`, env, false] as const,
      ...Object.entries(sidecars).map(
        ([sidecar, given]) => [`services.${name}.sidecars.${sidecar}`, given.env, false] as const,
      ),
    ]),
    ...Object.entries(functions).map(([name, { env }]) => [`functions.${name}`, env, true] as const),
    ...Object.entries(sites).flatMap(([name, site]) =>
      site.kind === 'next' ? [[`sites.${name}`, site.env, true] as const] : [],
    ),
  ];
  for (const [path, env, ofFunction] of components) {
    for (const [variable, value] of Object.entries(env)) {
      if (textOf(value, blocks, { ofFunction }) === undefined) {
        add(`${path}.env.${variable}`, 'it refers to something that is not built yet, so the variable is not set');
      }
    }
  }
  return found;
}
