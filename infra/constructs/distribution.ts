import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { cloudfront } from '../aws-cdk.ts';
import type { SiteSettings } from '../site-settings.ts';

/** Policies that AWS manages: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
export const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

export interface DistributionProps {
  comment: string;
  site: SiteSettings;
  /** In us-east-1; only with a domain. */
  certificateArn?: string | undefined;
  webAclArn?: string | undefined;
  origins: CfnDistribution.OriginProperty[];
  defaultBehavior: CfnDistribution.DefaultCacheBehaviorProperty;
  behaviors?: CfnDistribution.CacheBehaviorProperty[];
  rootObject?: string;
  /** Regional domain name of the bucket that takes access logs, and the prefix in it. */
  /** Without a bucket nothing is logged. */
  log: { bucket: string | undefined; prefix: string };
}

/** A distribution: HTTPS with TLS 1.2 or newer for every visitor (S1-87), no error page of its own (F-115). */
export class Distribution extends Construct {
  readonly id: string;
  readonly domainName: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const {
      comment,
      site,
      certificateArn,
      webAclArn,
      origins,
      defaultBehavior,
      behaviors = [],
      rootObject,
      log,
    } = props;
    const made = new cloudfront.CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        comment,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        priceClass: PRICE_CLASS[site.priceClass],
        origins,
        defaultCacheBehavior: defaultBehavior,
        cacheBehaviors: behaviors,
        ...(rootObject ? { defaultRootObject: rootObject } : {}),
        ...(site.domain && certificateArn
          ? {
              aliases: [site.domain],
              viewerCertificate: {
                acmCertificateArn: certificateArn,
                sslSupportMethod: 'sni-only',
                minimumProtocolVersion: 'TLSv1.2_2021',
              },
            }
          : {}),
        ...(webAclArn ? { webAclId: webAclArn } : {}),
        ...(log.bucket ? { logging: { bucket: log.bucket, prefix: log.prefix, includeCookies: false } } : {}),
      },
    });
    this.id = made.ref;
    this.domainName = made.attrDomainName;
  }
}

const PRICE_CLASS = { '100': 'PriceClass_100', '200': 'PriceClass_200', all: 'PriceClass_All' } as const;
