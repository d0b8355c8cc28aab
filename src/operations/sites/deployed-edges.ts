import { BODY_HASH, imagesOf } from '../../../infra/edge-functions.ts';
import { EDGE_REGION } from '../../../infra/edge-region.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { OutputsOf } from '../../release/task-network.ts';

/** A function that CloudFront has copied to its edges for a site. */
export interface DeployedEdge {
  /** As platform.yaml calls it. */
  site: string;
  distribution: string;
  /** As its home in us-east-1 calls it. */
  functionName: string;
  /** What its copies are called, in every region. */
  copyName: string;
  /** Where they write, in every region. */
  group: string;
}

/** The functions at the edges that stand, by the sites that ask them. */
export function deployedEdges({ environment }: Pick<Session, 'environment'>, outputsOf: OutputsOf): DeployedEdge[] {
  const [atEdges, ofSites] = [outputsOf('edge'), outputsOf('sites')];
  return Object.entries(environment.blocks.sites).flatMap(([site, { kind }]) => {
    const functionName = atEdges[outputs.edge.functionName(kind === 'next' ? BODY_HASH : imagesOf(site))];
    const distribution = ofSites[outputs.sites.distributionId(site)];
    if (functionName === undefined || distribution === undefined) return [];
    const copyName = `${EDGE_REGION}.${functionName}`;
    return [{ site, distribution, functionName, copyName, group: `/aws/lambda/${copyName}` }];
  });
}
