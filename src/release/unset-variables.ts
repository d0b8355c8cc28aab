import type { Blocks } from '../config/blocks.ts';
import { parseReferences } from '../config/references.ts';
import { textOf } from './setting-texts.ts';

export interface UnsetVariable {
  /** Path in platform.yaml. */
  path: string;
  /** Why it is not set, and what sets it. */
  what: string;
}

/**
 * Variables that speak of an address which AWS gives only after their component is made: that of a site or an API without
 * a domain. They are not set, and nobody may leave that out in silence.
 */
export function unsetVariables(blocks: Blocks): UnsetVariable[] {
  const { functions, sites, services } = blocks;
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
  return components.flatMap(([component, env, ofFunction]) =>
    Object.entries(env).flatMap(([variable, text]) => {
      if (textOf(text, blocks, { ofFunction }) !== undefined) return [];
      const named = parseReferences(text)
        .flatMap((part) =>
          'text' in part || part.reference.resolved !== 'deploy' || textOf(part.source, blocks, { ofFunction })
            ? []
            : [`${part.reference.type}s.${part.reference.block}`],
        )
        .join(' and ');
      const what = `not set: AWS gives ${named} an address only after ${component} is made; give ${named} a domain, or write the value here`;
      return [{ path: `${component}.env.${variable}`, what }];
    }),
  );
}
