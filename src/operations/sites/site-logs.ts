import { siteFunction } from '../../../infra/next-output.ts';
import type { Session } from '../../context.ts';
import { EDGE_CACHE_REGIONS } from '../../domain/edge-cache-regions.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import type { LogSource } from '../logs/log-sources.ts';
import type { ReadLogs, RefusedRegion } from '../logs/read-logs.ts';
import type { Deployed } from '../tasks/one-off-place.ts';
import { deployedEdges } from './deployed-edges.ts';

/** Where functions of a site at the edges were looked for; part of the contract of `logs --json`. */
export interface EdgeLook {
  /** Regions that were asked. */
  asked: string[];
  /** Those of them where something was written. */
  wrote: string[];
  /** Those that did not let us look. */
  refused: RefusedRegion[];
}

/**
 * Where the lines of a site stand: those of its server in the environment's region, and those of its function at the
 * edges in the regions of its viewers (F-113). CloudFront has a log of requests for everything else.
 */
export function siteSources(
  session: Pick<Session, 'environment'>,
  { outputsOf }: Pick<Deployed, 'outputsOf'>,
  site: string,
): LogSource[] {
  const server = siteFunction(site, '');
  const ofServer = deployedFunctions(outputsOf, []).flatMap(({ name, logGroup: group }) =>
    group !== undefined && name.startsWith(server) ? [{ component: site, group, streams: [] }] : [],
  );
  const atEdges = deployedEdges(session, outputsOf)
    .filter((edge) => edge.site === site)
    .flatMap(({ group }) => EDGE_CACHE_REGIONS.map((region) => ({ component: site, group, region, streams: [] })));
  const sources = [...ofServer, ...atEdges];
  if (sources.length === 0) throw writesNothing(site, session.environment.name);
  return sources;
}

export function edgeLook(sources: readonly LogSource[], { lines, refused }: ReadLogs): EdgeLook | null {
  const asked = sources.flatMap(({ region }) => region ?? []);
  if (asked.length === 0) return null;
  const wrote = new Set(lines.flatMap(({ region }) => region ?? []));
  return { asked, wrote: asked.filter((region) => wrote.has(region)), refused };
}

const writesNothing = (site: string, environment: string) =>
  new PlatformError({
    id: 'site-writes-no-log',
    kind: 'failed',
    message: `No function that writes a log is deployed in ${environment} for site ${site}: files are served by CloudFront alone`,
    remedy:
      'its log of requests is in the bucket of the stack sites that is named for logs; platform status shows its distribution',
  });
