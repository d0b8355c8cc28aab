import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { ApiSettings } from '../api-settings.ts';
import { core } from '../aws-cdk.ts';
import { balancerOf } from '../balancer.ts';
import type { Links } from '../links.ts';
import { ORIGIN_VERIFY_HEADER, resolvedSecret } from '../origin-verify.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, HttpSettings } from '../settings.ts';
import { ALL_VIEWER_EXCEPT_HOST, CACHING_DISABLED } from './distribution.ts';

/** The way from a distribution to a service: over TLS where it has a host name, to the load balancer itself where not. */
export function serviceOrigin(
  links: Links,
  settings: AppSettings,
  name: string,
  http: HttpSettings,
): CfnDistribution.OriginProperty {
  // Its certificate and the rule of the listener are for this name, which CloudFront sends as the host.
  const host = http.domain ?? balancerOf(links, settings).host();
  const { originVerify } = settings.edge;
  return {
    id: `service-${name}`,
    domainName: host,
    customOriginConfig: http.tls
      ? {
          originProtocolPolicy: 'https-only',
          httpsPort: http.listenerPort,
          originSslProtocols: ['TLSv1.2'],
          originReadTimeout: 60,
        }
      : { originProtocolPolicy: 'http-only', httpPort: http.listenerPort, originReadTimeout: 60 },
    ...(originVerify
      ? {
          originCustomHeaders: [
            {
              headerName: ORIGIN_VERIFY_HEADER,
              headerValue: resolvedSecret(originSecret(links, settings)),
            },
          ],
        }
      : {}),
  };
}

/**
 * The way from a distribution to an API: to its own name where it has one, whose mapping leads to the stage, else to
 * API Gateway's name for it, under which every stage is a path. It answers under that name alone, so the host of the
 * visitor stays behind.
 */
export function apiOrigin(
  links: Links,
  { region }: AppSettings,
  name: string,
  { domain, stage }: ApiSettings,
): CfnDistribution.OriginProperty {
  // It has to be there before anybody is sent to it.
  links.waitFor('functions');
  const own = () =>
    core.Fn.join('', [
      links.from('functions', outputs.functions.apiId(name)),
      `.execute-api.${region}.`,
      core.Aws.URL_SUFFIX,
    ]);
  return {
    id: `api-${name}`,
    domainName: domain?.name ?? own(),
    ...(domain || stage === '$default' ? {} : { originPath: `/${stage}` }),
    customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'], originReadTimeout: 60 },
  };
}

const originSecret = (links: Links, { sharing }: AppSettings): string =>
  sharing.mode === 'consume'
    ? links.shared(sharing.prefix, 'alb/origin-secret-arn')
    : links.from('runtime', outputs.runtime.originSecretArn);

/** Nothing of an API is kept, everything a visitor sends goes along, and its answers stay what they are (F-115, D7). */
export const apiBehavior = (pathPattern: string, targetOriginId: string): CfnDistribution.CacheBehaviorProperty => ({
  pathPattern,
  targetOriginId,
  viewerProtocolPolicy: 'redirect-to-https',
  allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
  cachePolicyId: CACHING_DISABLED,
  originRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
  compress: true,
});
