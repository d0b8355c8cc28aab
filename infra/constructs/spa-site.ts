import { Construct } from 'constructs';
import { bucketLog } from '../access-logs.ts';
import { cloudfront } from '../aws-cdk.ts';
import { spaFallbackCode } from '../edge-code.ts';
import type { Links } from '../links.ts';
import { fitName } from '../names.ts';
import type { AppSettings } from '../settings.ts';
import { siteCertificateArn } from '../site-certificate.ts';
import type { SpaSettings } from '../site-settings.ts';
import { apiBehavior, apiOrigin, serviceOrigin } from './api-behavior.ts';
import { Bucket } from './bucket.ts';
import { bucketOrigin } from './bucket-origin.ts';
import { CdnPolicy } from './cdn-policy.ts';
import { CACHING_OPTIMIZED, Distribution, SECURITY_HEADERS } from './distribution.ts';

export interface SiteProps<Settings> {
  links: Links;
  settings: AppSettings;
  name: string;
  site: Settings;
  logs: string | undefined;
  webAclArn: string | undefined;
}

/** A single-page application: a private bucket, its distribution, and the paths that belong to services. */
export class SpaSite extends Construct {
  readonly bucket: string;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { links, settings, name, site, logs, webAclArn }: SiteProps<SpaSettings>) {
    super(scope, id);
    const bucket = new Bucket(
      this,
      'Files',
      {
        access: 'private',
        policyOwner: 'sites',
        versioned: false,
        corsOrigins: [],
        onDelete: site.onDelete,
      },
      bucketLog(links, settings, name),
    );
    this.bucket = bucket.name;

    const fallback = new cloudfront.CfnFunction(this, 'Fallback', {
      name: fitName(`${settings.project}-${settings.environment}-${name}-fallback`, 64),
      autoPublish: true,
      functionConfig: { comment: `Pages of ${name}`, runtime: 'cloudfront-js-2.0' },
      functionCode: spaFallbackCode(Object.keys(site.apiPaths)),
    });
    const asked = Object.values(site.apiPaths);
    const services = new Set(asked.flatMap((to) => ('service' in to ? [to.service] : [])));
    const apis = new Set(asked.flatMap((to) => ('api' in to ? [to.api] : [])));
    this.distribution = new Distribution(this, 'Cdn', {
      comment: `${settings.project} ${settings.environment}: ${name}`,
      site,
      certificateArn: siteCertificateArn(links, name, site),
      webAclArn,
      rootObject: 'index.html',
      origins: [
        bucketOrigin(this, { settings, name, domainName: bucket.regionalDomainName }),
        ...[...services].flatMap((service) => {
          const http = settings.services[service]?.http;
          return http ? [serviceOrigin(links, settings, service, http)] : [];
        }),
        ...[...apis].flatMap((name) => {
          const api = settings.apis[name];
          return api ? [apiOrigin(links, settings, name, api)] : [];
        }),
      ],
      defaultBehavior: {
        targetOriginId: 'files',
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: SECURITY_HEADERS,
        compress: true,
        // Here and on no other behaviour: an API's 404 is not a page (F-115).
        functionAssociations: [{ eventType: 'viewer-request', functionArn: fallback.attrFunctionArn }],
      },
      behaviors: Object.entries(site.apiPaths).map(([pattern, to]) =>
        apiBehavior(pattern, 'service' in to ? `service-${to.service}` : `api-${to.api}`),
      ),
      log: { bucket: logs, prefix: `${name}/` },
    });
    new CdnPolicy(this, 'Reads', {
      bucket: bucket.name,
      distributions: [this.distribution.id],
      onDelete: site.onDelete,
    });
  }
}
