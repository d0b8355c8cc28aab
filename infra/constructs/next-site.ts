import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { cloudfront, core, lambda } from '../aws-cdk.ts';
import { forwardedHostCode } from '../edge-code.ts';
import { BODY_HASH } from '../edge-functions.ts';
import { fitName, pascal } from '../names.ts';
import { FILES, IMAGES, type NextOutput, siteFunction } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import { siteCertificateArn } from '../site-certificate.ts';
import type { NextSettings } from '../site-settings.ts';
import { bucketOrigin } from './bucket-origin.ts';
import { CdnPolicy } from './cdn-policy.ts';
import { ALL_VIEWER_EXCEPT_HOST, CACHING_OPTIMIZED, Distribution, SECURITY_HEADERS } from './distribution.ts';
import type { SiteProps } from './spa-site.ts';

const YEAR = 31_536_000;

type Behavior = CfnDistribution.DefaultCacheBehaviorProperty;

/**
 * The distribution of a Next.js application: files from its bucket, everything else from function URLs that CloudFront
 * alone may call, since it signs what it asks.
 */
export class NextSite extends Construct {
  readonly bucket: string;
  readonly distribution: Distribution;
  readonly #kept: { pages: string; host: string; hashes: string };

  constructor(
    scope: Construct,
    id: string,
    { links, settings, name, site, logs, webAclArn, output }: SiteProps<NextSettings> & { output: NextOutput },
  ) {
    super(scope, id);
    const named = (part: string) => fitName(`${settings.project}-${settings.environment}-${name}-${part}`, 64);
    this.bucket = links.from('functions', outputs.functions.siteBucket(name));
    this.#kept = {
      pages: new cloudfront.CfnCachePolicy(this, 'Pages', { cachePolicyConfig: pagesPolicy(named('pages')) }).ref,
      host: new cloudfront.CfnFunction(this, 'Host', {
        name: named('host'),
        autoPublish: true,
        functionConfig: { comment: `Host of ${name}`, runtime: 'cloudfront-js-2.0' },
        functionCode: forwardedHostCode(),
      }).attrFunctionArn,
      hashes: links.from('edge', outputs.edge.functionVersionArn(BODY_HASH)),
    };
    const access = new cloudfront.CfnOriginAccessControl(this, 'Invoke', {
      originAccessControlConfig: {
        name: named('functions'),
        originAccessControlOriginType: 'lambda',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    }).attrId;
    const origins = [...Object.keys(output.servers), ...(output.images ? [IMAGES] : [])];
    this.distribution = new Distribution(this, 'Cdn', {
      comment: `${settings.project} ${settings.environment}: ${name}`,
      site,
      certificateArn: siteCertificateArn(links, name, site),
      webAclArn,
      origins: [
        {
          ...bucketOrigin(this, {
            settings,
            name,
            domainName: `${this.bucket}.s3.${settings.region}.${core.Aws.URL_SUFFIX}`,
          }),
          originPath: `/${output.prefixes.assets}`,
        },
        ...origins.map((origin) => ({
          id: origin,
          domainName: links.from('functions', outputs.functions.siteOriginHost(siteFunction(name, origin))),
          originAccessControlId: access,
          customOriginConfig: {
            originProtocolPolicy: 'https-only',
            originSslProtocols: ['TLSv1.2'],
            originReadTimeout: 60,
          },
        })),
      ],
      defaultBehavior: this.#behavior(output.fallback),
      behaviors: output.behaviors.map(({ pattern, origin }) => ({ ...this.#behavior(origin), pathPattern: pattern })),
      log: { bucket: logs, prefix: `${name}/` },
    });
    new CdnPolicy(this, 'Reads', {
      bucket: this.bucket,
      distributions: [this.distribution.id],
      onDelete: site.onDelete,
      // What servers keep there is nobody else's.
      prefix: `${output.prefixes.assets}/`,
    });
    const sourceArn = core.Fn.join('', [
      `arn:${core.Aws.PARTITION}:cloudfront::${settings.account}:distribution/`,
      this.distribution.id,
    ]);
    for (const origin of origins) {
      const functionName = links.from('functions', outputs.functions.functionArn(siteFunction(name, origin)));
      const common = { functionName, principal: 'cloudfront.amazonaws.com', sourceArn };
      // Since October 2025 a URL needs both (F-116): https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
      new lambda.CfnPermission(this, `Url${pascal(origin)}`, {
        ...common,
        action: 'lambda:InvokeFunctionUrl',
        functionUrlAuthType: 'AWS_IAM',
      });
      new lambda.CfnPermission(this, `Invoke${pascal(origin)}`, {
        ...common,
        action: 'lambda:InvokeFunction',
        invokedViaFunctionUrl: true,
      });
    }
  }

  #behavior(origin: string): Behavior {
    const common = { targetOriginId: origin, viewerProtocolPolicy: 'redirect-to-https', compress: true } as const;
    const { pages, host, hashes } = this.#kept;
    if (origin === FILES)
      return {
        ...common,
        targetOriginId: 'files',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: SECURITY_HEADERS,
      };
    const asked: Behavior = {
      ...common,
      allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      cachePolicyId: pages,
      originRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
      responseHeadersPolicyId: SECURITY_HEADERS,
      functionAssociations: [{ eventType: 'viewer-request', functionArn: host }],
    };
    if (origin === IMAGES) return asked;
    return {
      ...asked,
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      // What CloudFront signs with a body, needs the hash of it (F-117).
      lambdaFunctionAssociations: [{ eventType: 'origin-request', lambdaFunctionArn: hashes, includeBody: true }],
    };
  }
}

/**
 * Kept as long as the application says, apart by what makes Next.js answer otherwise under one path:
 * https://opennext.js.org/aws/reference-implementation
 */
const pagesPolicy = (name: string) => ({
  name,
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: YEAR,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: 'none' },
    queryStringsConfig: { queryStringBehavior: 'all' },
    headersConfig: {
      headerBehavior: 'whitelist',
      headers: [
        'accept',
        'next-router-prefetch',
        'next-router-segment-prefetch',
        'next-router-state-tree',
        'next-url',
        'rsc',
        'x-prerender-revalidate',
      ],
    },
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  },
});
