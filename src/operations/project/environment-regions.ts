import { hasEdge } from '../../../infra/edge-functions.ts';
import { EDGE_REGION } from '../../../infra/edge-region.ts';
import type { Session } from '../../context.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { edgeSettings, siteSettings } from '../../release/site-settings.ts';

/** The regions in which something of an environment stands or will stand; its own first. Needs no synthesis. */
export function environmentRegions(
  { environment, target }: Pick<Session, 'environment' | 'target'>,
  { stacks }: Pick<EnvironmentState, 'stacks'>,
): string[] {
  const { blocks } = environment;
  const atEdges = hasEdge({ edge: edgeSettings(blocks, 0), sites: siteSettings(blocks, 'destroy') });
  return [
    ...new Set([
      target.region,
      ...Object.values(stacks).map(({ region }) => region),
      ...(atEdges ? [EDGE_REGION] : []),
    ]),
  ];
}
