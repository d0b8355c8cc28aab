import { describe, expect, it } from 'vitest';
import type { AppSettings } from '../settings.ts';
import type { MediaSettings, SpaSettings } from '../site-settings.ts';
import { sampleApi, sampleFunction, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const SPA: SpaSettings = {
  kind: 'spa',
  priceClass: '100',
  apiPaths: { '/api/*': { service: 'web' } },
  onDelete: 'destroy',
};
const MEDIA: MediaSettings = { kind: 'media', priceClass: '100', bucket: 'media', corsOrigins: [] };
const BUCKET = {
  access: 'private',
  policyOwner: 'sites',
  versioned: false,
  corsOrigins: [],
  onDelete: 'retain',
} as const;

const built = (changes: Partial<AppSettings>) => synthesize(sampleSettings({ region: 'eu-west-1', ...changes }));
const spa = (changes: Partial<SpaSettings> = {}, more: Partial<AppSettings> = {}) =>
  built({ sites: { app: { ...SPA, ...changes } }, ...more });
const configOf = (template: Json): Json =>
  propertiesOf(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig;

describe('a single-page application', () => {
  it('stands in a private bucket that its distribution alone may read (S3-13, F-119)', () => {
    const { sites } = spa().templates;
    const files = resourcesOf(sites, 'AWS::S3::Bucket').find(({ Metadata }) => Metadata['platform:policy-of']);
    expect(files.Properties.PublicAccessBlockConfiguration).toMatchObject({
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const config = configOf(sites);
    expect(config.Origins[0]).toMatchObject({
      Id: 'files',
      S3OriginConfig: { OriginAccessIdentity: '' },
      OriginAccessControlId: { 'Fn::GetAtt': [expect.any(String), 'Id'] },
    });
    expect(config.DefaultRootObject).toBe('index.html');
    const policy = propertiesOf(sites, 'AWS::S3::BucketPolicy').find(
      ({ PolicyDocument }) => PolicyDocument.Statement[1],
    );
    expect(policy.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      },
    ]);
  });

  it('answers unknown pages on the default behaviour only: an API keeps its 403 and 404 (D7, F-115)', () => {
    const config = configOf(spa().templates.sites);
    expect(config.CustomErrorResponses).toBeUndefined();
    expect(config.DefaultCacheBehavior.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
    expect(config.CacheBehaviors).toMatchObject([
      {
        PathPattern: '/api/*',
        TargetOriginId: 'service-web',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        AllowedMethods: expect.arrayContaining(['POST', 'DELETE']),
      },
    ]);
    expect(config.CacheBehaviors[0].FunctionAssociations).toBeUndefined();
    const [{ FunctionCode, AutoPublish }] = propertiesOf(spa().templates.sites, 'AWS::CloudFront::Function');
    expect(AutoPublish).toBe(true);
    expect(FunctionCode).toContain('["/api/*"]');
  });

  it('asks a service with a host name over TLS, and the load balancer itself without one', () => {
    const [, plain] = configOf(spa().templates.sites).Origins;
    expect(plain).toMatchObject({
      DomainName: { Ref: 'RuntimeLoadBalancerHost' },
      CustomOriginConfig: { OriginProtocolPolicy: 'http-only', HTTPPort: 80 },
    });
    const secure = sampleService({
      http: { domain: 'api.example.com', listenerPort: 443, tls: { listenerDefault: true }, redirectHttp: false },
    });
    const [, tls] = configOf(spa({}, { services: { web: secure } }).templates.sites).Origins;
    expect(tls).toMatchObject({
      DomainName: 'api.example.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', HTTPSPort: 443, OriginSSLProtocols: ['TLSv1.2'] },
    });
  });

  it('S1-87 S0-39: takes visitors over TLS 1.2 or newer, in the price class that is asked for', () => {
    const { sites } = spa({ domain: 'app.example.com' }).templates;
    const config = configOf(sites);
    expect(config).toMatchObject({
      Aliases: ['app.example.com'],
      PriceClass: 'PriceClass_100',
      ViewerCertificate: {
        AcmCertificateArn: { Ref: 'CertificateApp' },
        SslSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    });
    const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
    expect(behaviors.map(({ ViewerProtocolPolicy }: Json) => ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'redirect-to-https',
    ]);
    expect(config.DefaultCacheBehavior.ResponseHeadersPolicyId).toBe('67f7725c-6f97-4210-82d7-5512b31e9d03');
    expect(config.Logging).toMatchObject({ Prefix: 'app/' });
  });

  it('tells its address, and comes after the services that it leads to (S1-39)', () => {
    const { stacks, templates } = spa();
    const wiring = stacks.find(({ id }) => id === 'sites')!;
    expect(wiring).toMatchObject({ region: 'eu-west-1', after: expect.arrayContaining(['runtime', 'service-web']) });
    expect(Object.keys(templates.sites.Outputs).sort()).toEqual([
      'DistributionHostApp',
      'DistributionIdApp',
      'SiteBucketApp',
      'SiteUrlApp',
    ]);
    expect(spa({ domain: 'app.example.com' }).templates.sites.Outputs.SiteUrlApp.Value).toBe('https://app.example.com');
  });
});

describe('a CDN before a bucket', () => {
  const media = (changes: Partial<MediaSettings> = {}) =>
    built({ buckets: { media: BUCKET }, sites: { media: { ...MEDIA, ...changes }, second: MEDIA } });

  it('S0-19 S0-55 S3-12: reads a data bucket whose one policy stands here, for all distributions that read it (F-119)', () => {
    const { data, sites } = media().templates;
    expect(resourcesOf(data, 'AWS::S3::BucketPolicy')).toEqual([]);
    const policies = resourcesOf(sites, 'AWS::S3::BucketPolicy').filter(
      ({ Properties }) => Properties.Bucket.Ref === 'DataBucketNameMedia',
    );
    expect(policies).toHaveLength(1);
    const [{ Properties, DeletionPolicy }] = policies;
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(Properties.PolicyDocument.Statement[0].Sid).toBe('RequireTls');
    expect(Properties.PolicyDocument.Statement[1].Condition.StringEquals['AWS:SourceArn']).toHaveLength(2);
    expect(configOf(sites).Origins[0].DomainName).toEqual({
      'Fn::Join': ['', [{ Ref: 'DataBucketNameMedia' }, '.s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]],
    });
  });

  it('lets the pages of the named origins read, and nobody else', () => {
    const { sites } = media({ corsOrigins: ['https://app.example.com'] }).templates;
    const [{ ResponseHeadersPolicyConfig: config }] = propertiesOf(sites, 'AWS::CloudFront::ResponseHeadersPolicy');
    expect(config.CorsConfig).toMatchObject({
      AccessControlAllowOrigins: { Items: ['https://app.example.com'] },
      AccessControlAllowCredentials: false,
    });
  });
});

it('a site of a region from which CloudFront takes no log bucket has none', () => {
  const { templates } = spa({}, { region: 'eu-south-1' });
  expect(configOf(templates.sites).Logging).toBeUndefined();
  expect(Object.keys(templates.sites.Resources).filter((id) => id.startsWith('Logs'))).toEqual([]);
  expect(configOf(spa().templates.sites).Logging).toBeDefined();
});

describe('the firewall', () => {
  const edge = { waf: { ratePer5Min: 500 }, originVerify: { generation: 1 } } as const;
  const guarded = () => spa({}, { edge });

  it('S0-56 C12 F-120: of the sites stands in us-east-1, wherever the environment is', () => {
    const { stacks, templates } = guarded();
    expect(stacks.find(({ id }) => id === 'edge')).toMatchObject({ region: 'us-east-1', outputs: ['WebAclArn'] });
    const [acl] = propertiesOf(templates.edge, 'AWS::WAFv2::WebACL');
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(acl.Rules.map(({ Name }: Json) => Name)).toEqual(['rate', 'reputation', 'common', 'known-bad-inputs']);
    expect(acl.Rules[0].Statement.RateBasedStatement).toMatchObject({ Limit: 500, EvaluationWindowSec: 300 });
    expect(configOf(templates.sites).WebACLId).toEqual({ Ref: 'EdgeWebAclArn' });
    const [group] = resourcesOf(templates.edge, 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({
      Properties: { LogGroupName: 'aws-waf-logs-shop-dev-sites', RetentionInDays: 90 },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('counts bodies that are too large for the common rules instead of refusing uploads', () => {
    const [acl] = propertiesOf(guarded().templates.edge, 'AWS::WAFv2::WebACL');
    expect(acl.Rules[2].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([
      { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
    ]);
  });

  it('S3-125 F-120: of the load balancer lets in who brings the newest secret or the one before', () => {
    const { runtime, sites } = guarded().templates;
    const [acl] = propertiesOf(runtime, 'AWS::WAFv2::WebACL');
    expect(acl.Scope).toBe('REGIONAL');
    // Addresses are CloudFront's here: whoever sends too much is told by the firewall of the sites.
    expect(acl.Rules.map(({ Name }: Json) => Name)).not.toContain('rate');
    const [open] = propertiesOf(
      spa({}, { edge: { ...edge, originVerify: false } }).templates.runtime,
      'AWS::WAFv2::WebACL',
    );
    expect(open.Rules.map(({ Name }: Json) => Name)).toContain('rate');
    const { Statements } = acl.Rules[0].Statement.NotStatement.Statement.OrStatement;
    expect(Statements.map(({ ByteMatchStatement }: Json) => ByteMatchStatement.SearchString)).toEqual(
      ['OriginSecretsGeneration1', 'OriginSecretsGeneration0'].map((id) => ({
        'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: expect.stringContaining(id) }, ':SecretString}}']],
      })),
    );
    expect(propertiesOf(runtime, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    const [, api] = configOf(sites).Origins;
    expect(api.OriginCustomHeaders).toEqual([
      {
        HeaderName: 'X-Origin-Verify',
        HeaderValue: {
          'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'RuntimeOriginSecretArn' }, ':SecretString}}']],
        },
      },
    ]);
    // Secrets and firewalls of before are there until CloudFront sends the new one.
    expect(Object.keys(spa({}, { edge: { waf: false, originVerify: { generation: 0 } } }).templates)).not.toContain(
      'edge',
    );
  });

  it('is not there where nobody asked for it', () => {
    const { templates } = spa();
    expect(Object.keys(templates)).not.toContain('edge');
    expect(propertiesOf(templates.runtime, 'AWS::WAFv2::WebACL')).toEqual([]);
    expect(configOf(templates.sites).WebACLId).toBeUndefined();
  });
});

describe('paths of a site that lead to an API', () => {
  const sitesOf = (api: Parameters<typeof sampleApi>[0]) =>
    synthesize(
      sampleSettings({
        functions: { api: sampleFunction() },
        apis: { public: sampleApi(api) },
        sites: {
          app: { kind: 'spa', priceClass: '100', apiPaths: { '/api/*': { api: 'public' } }, onDelete: 'destroy' },
        },
      }),
    );

  it('S3-13 F-115: go to its stage under the name that API Gateway knows, nothing kept and the visitor’s host left behind', () => {
    const { templates, stacks } = sitesOf({});
    const { DistributionConfig } = propertiesOf(templates.sites, 'AWS::CloudFront::Distribution')[0];
    const origin = DistributionConfig.Origins.find(({ Id }: Json) => Id === 'api-public');
    expect(origin).toMatchObject({ OriginPath: '/v1', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } });
    expect(JSON.stringify(origin.DomainName)).toContain('.execute-api.us-east-1.');
    expect(DistributionConfig.CacheBehaviors).toMatchObject([
      {
        PathPattern: '/api/*',
        TargetOriginId: 'api-public',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      },
    ]);
    expect(stacks.find(({ id }) => id === 'sites')!.after).toContain('functions');
  });

  it('go to its own name where it has one, which leads to the stage by itself', () => {
    const domain = { name: 'api.example.com', certificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/c' };
    const { DistributionConfig } = propertiesOf(
      sitesOf({ domain }).templates.sites,
      'AWS::CloudFront::Distribution',
    )[0];
    const origin = DistributionConfig.Origins.find(({ Id }: Json) => Id === 'api-public');
    expect(origin.DomainName).toBe('api.example.com');
    expect(origin).not.toHaveProperty('OriginPath');
  });
});
