import { outputs } from '../../../infra/outputs.ts';
import type { AliasTarget } from '../../aws/route53.ts';
import type { Session } from '../../context.ts';
import type { OutputsOf } from '../../release/task-network.ts';

/** A host name of the configuration and where it has to lead. */
export interface PublicName {
  domain: string;
  /** `services.web`. */
  of: string;
  target: AliasTarget;
}

/** The zone of every distribution: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** The host names of what is deployed; those of what is only configured lead nowhere yet. */
export async function publicNames(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  outputsOf: OutputsOf,
): Promise<PublicName[]> {
  const { services, apis, sites } = environment.blocks;
  const { apiDomainTarget, apiDomainZone } = outputs.functions;
  const named = Object.entries(services).filter(
    ([name, { http }]) => http?.domain && outputsOf(`service-${name}`)[outputs.service.serviceName],
  );
  const balancer = named.length > 0 ? await balancerOf({ aws, environment }, outputsOf) : undefined;
  const ofServices = named.flatMap(([name, { http }]) =>
    balancer ? [{ domain: http!.domain!, of: `services.${name}`, target: balancer }] : [],
  );
  const ofApis = Object.entries(apis).flatMap(([name, { domain }]) => {
    const [host, hostedZoneId] = [apiDomainTarget(name), apiDomainZone(name)].map((key) => outputsOf('functions')[key]);
    if (!domain || !host || !hostedZoneId) return [];
    return [{ domain, of: `apis.${name}`, target: { host, hostedZoneId, ipv6: false } }];
  });
  const ofSites = Object.entries(sites).flatMap(([name, { domain }]) => {
    const host = outputsOf('sites')[outputs.sites.distributionHost(name)];
    if (!domain || !host) return [];
    return [{ domain, of: `sites.${name}`, target: { host, hostedZoneId: CLOUDFRONT_ZONE, ipv6: true } }];
  });
  return [...ofServices, ...ofApis, ...ofSites];
}

/** Our own, or that of whoever shares one. */
async function balancerOf(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  outputsOf: OutputsOf,
): Promise<AliasTarget | undefined> {
  const { shared } = environment.blocks;
  const arn =
    shared.mode === 'consume'
      ? await aws.ssm.parameter(`${shared.prefix}/alb/arn`)
      : outputsOf('runtime')[outputs.runtime.loadBalancerArn];
  const found = arn === undefined ? undefined : await aws.elb.loadBalancer(arn);
  return found && { host: found.DNSName!, hostedZoneId: found.CanonicalHostedZoneId!, ipv6: false };
}
