import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { imagesOf } from '../../../infra/edge-functions.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { waitFor } from '../wait-for.ts';

/** CloudFormation waits for a deployment itself; what comes after it is somebody else's change. */
const PROOF_MS = 20 * 60_000;

export interface ProvenSite {
  name: string;
  url: string;
  distribution: string;
  /** As CloudFront says it: `Deployed`. */
  status: string;
}

/**
 * Success is that every distribution has reached all edges, is enabled, and has the name that it was given.
 * Throws `site-not-proven`.
 */
export async function proveSites(
  { aws, clock, environment, signal, target }: Pick<Session, 'aws' | 'clock' | 'environment' | 'signal' | 'target'>,
  outputsOf: (stack: string) => Readonly<Record<string, string>>,
): Promise<ProvenSite[]> {
  const told = outputsOf('sites');
  const atEdges = outputsOf('edge');
  const made = Object.entries(environment.blocks.sites).flatMap(([name, { domain }]) => {
    const [id, url] = [told[outputs.sites.distributionId(name)], told[outputs.sites.url(name)]];
    return id === undefined || url === undefined ? [] : [{ name, domain, id, url }];
  });
  return Promise.all(
    made.map(async ({ name, domain, id, url }) => {
      const images = atEdges[outputs.edge.functionVersionArn(imagesOf(name))];
      const found = await waitFor({ clock, everyMs: target.pollMs, forMs: PROOF_MS, signal }, async () => {
        const distribution = await aws.cloudFront.distribution(id);
        return distribution?.Status === 'InProgress' ? undefined : { distribution };
      });
      const { Status: status, DistributionConfig: config } = found?.distribution ?? {};
      const why = !found
        ? 'is still on its way to the edges'
        : !config
          ? 'is not there any more'
          : !config.Enabled
            ? 'is disabled'
            : domain && !(config.Aliases?.Items ?? []).includes(domain)
              ? `does not answer to ${domain}`
              : images !== undefined && !associated(config).includes(images)
                ? 'does not ask the function that resizes its images'
                : undefined;
      if (why !== undefined) throw notProven(name, id, why, environmentFlags(environment));
      return { name, url, distribution: id, status: status! };
    }),
  );
}

const associated = ({ DefaultCacheBehavior }: DistributionConfig): string[] =>
  (DefaultCacheBehavior?.LambdaFunctionAssociations?.Items ?? []).map(({ LambdaFunctionARN }) => LambdaFunctionARN!);

const notProven = (site: string, id: string, why: string, flags: string) =>
  new PlatformError({
    id: 'site-not-proven',
    kind: 'failed',
    message: `CloudFormation is done, but distribution ${id} of sites.${site} ${why}`,
    remedy: `platform status ${flags} shows how it stands; platform deploy ${flags} brings it back`,
  });
