import { Construct } from 'constructs';
import { cloudfront, core } from '../aws-cdk.ts';
import { imagesOf } from '../edge-functions.ts';
import { fitName } from '../names.ts';
import { outputs } from '../outputs.ts';
import { siteCertificateArn } from '../site-certificate.ts';
import type { MediaSettings } from '../site-settings.ts';
import { bucketOrigin } from './bucket-origin.ts';
import { CACHING_OPTIMIZED, Distribution, SECURITY_HEADERS } from './distribution.ts';
import type { SiteProps } from './spa-site.ts';

/** Seconds that a browser keeps the answer to a preflight. */
const PREFLIGHT_SECONDS = 600;

/** A CDN before a bucket of the application: the bucket stays private, and is read through here alone (S0-55). */
export class MediaSite extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SiteProps<MediaSettings>) {
    super(scope, id);
    const { links, settings, name, site, logs, webAclArn } = props;
    const bucket = links.from('data', outputs.data.bucketName(site.bucket));
    const headers =
      site.corsOrigins.length === 0
        ? SECURITY_HEADERS
        : new cloudfront.CfnResponseHeadersPolicy(this, 'Headers', {
            responseHeadersPolicyConfig: {
              name: fitName(`${settings.project}-${settings.environment}-${name}`, 128),
              corsConfig: {
                accessControlAllowCredentials: false,
                accessControlAllowHeaders: { items: ['*'] },
                accessControlAllowMethods: { items: ['GET', 'HEAD', 'OPTIONS'] },
                accessControlAllowOrigins: { items: [...site.corsOrigins] },
                accessControlMaxAgeSec: PREFLIGHT_SECONDS,
                originOverride: true,
              },
              securityHeadersConfig: {
                contentTypeOptions: { override: true },
                strictTransportSecurity: {
                  accessControlMaxAgeSec: 31_536_000,
                  includeSubdomains: false,
                  preload: false,
                  override: false,
                },
              },
            },
          }).ref;
    this.distribution = new Distribution(this, 'Cdn', {
      comment: `${settings.project} ${settings.environment}: ${name}`,
      site,
      certificateArn: siteCertificateArn(links, name, site),
      webAclArn,
      origins: [
        bucketOrigin(this, {
          settings,
          name,
          domainName: `${bucket}.s3.${settings.region}.${core.Aws.URL_SUFFIX}`,
        }),
      ],
      defaultBehavior: {
        targetOriginId: 'files',
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: headers,
        compress: true,
        ...(site.images
          ? {
              lambdaFunctionAssociations: [
                {
                  eventType: 'origin-request',
                  lambdaFunctionArn: links.from('edge', outputs.edge.functionVersionArn(imagesOf(name))),
                  includeBody: false,
                },
              ],
            }
          : {}),
      },
      log: { bucket: logs, prefix: `${name}/` },
    });
  }
}
