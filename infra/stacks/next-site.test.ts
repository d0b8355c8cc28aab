import { describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import type { NextSettings } from '../site-settings.ts';
import { sampleDatabase, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, someOutput, synthesize } from '../testing/synthesize.ts';

const next = (changes: Partial<NextSettings> = {}): NextSettings => ({
  kind: 'next',
  priceClass: '100',
  dir: '.',
  memoryMiB: 1024,
  inVpc: true,
  uses: [{ kind: 'database', name: 'main' }],
  environment: { LOG: ['yes'] },
  onDelete: 'destroy',
  ...changes,
});

const settings = (site = next()) =>
  sampleSettings({
    region: 'eu-west-1',
    repositories: {},
    services: {},
    databases: { main: sampleDatabase() },
    sites: { web: site },
  });

describe('a Next.js application', () => {
  const { templates, stacks } = synthesize(settings());
  const { functions, sites, edge } = templates;
  const distribution = propertiesOf(sites, 'AWS::CloudFront::Distribution')[0].DistributionConfig;
  const behaviors: Json[] = distribution.CacheBehaviors;
  const to = (pattern: string): Json => behaviors.find(({ PathPattern }) => PathPattern === pattern);

  it('S1-01 C16: has its functions in the home region, its hash of bodies in us-east-1, and its distribution after both', () => {
    const of = (id: string) => stacks.find((stack) => stack.id === id)!;
    expect(of('functions').region).toBe('eu-west-1');
    expect(of('edge').region).toBe('us-east-1');
    expect(of('sites').after).toEqual(['edge', 'functions']);
    expect(propertiesOf(functions, 'AWS::Lambda::Function')).toHaveLength(3);
    expect(propertiesOf(edge, 'AWS::Lambda::Function')).toMatchObject([{ MemorySize: 128, Timeout: 5 }]);
  });

  it('S1-07: gives the server its uses, the place of its cache, and the rights to them; the other functions have none of it', () => {
    const [server, images, revalidation] = propertiesOf(functions, 'AWS::Lambda::Function');
    expect(server.Environment.Variables).toMatchObject({
      LOG: 'yes',
      CACHE_BUCKET_KEY_PREFIX: '_cache',
      CACHE_BUCKET_REGION: 'eu-west-1',
      DATABASE_NAME: 'shop',
    });
    expect(server.VpcConfig.SubnetIds).toHaveLength(2);
    expect(Object.keys(images.Environment.Variables)).toEqual(['BUCKET_KEY_PREFIX', 'BUCKET_NAME', 'NODE_OPTIONS']);
    expect(images.VpcConfig ?? revalidation.VpcConfig).toBeUndefined();
    const roles = propertiesOf(functions, 'AWS::IAM::Role').map(({ Policies }) =>
      Policies.map(({ PolicyName }: Json) => PolicyName),
    );
    expect(roles).toEqual([
      ['Log', 'UseDatabaseMain', 'Cache', 'Revalidate', 'Network'],
      ['Log', 'Originals'],
      ['Log', 'Receive'],
    ]);
  });

  it('F-116: lets this distribution alone call the URLs, by both permissions that they need', () => {
    expect(propertiesOf(functions, 'AWS::Lambda::Url')).toMatchObject([
      { AuthType: 'AWS_IAM', Qualifier: 'live', InvokeMode: 'BUFFERED' },
      { AuthType: 'AWS_IAM' },
    ]);
    const permissions = propertiesOf(sites, 'AWS::Lambda::Permission');
    expect(permissions.map(({ Action }) => Action)).toEqual([
      'lambda:InvokeFunctionUrl',
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
      'lambda:InvokeFunction',
    ]);
    expect(permissions[1]).toMatchObject({ Principal: 'cloudfront.amazonaws.com', InvokedViaFunctionUrl: true });
    expect(JSON.stringify(permissions[0].SourceArn)).toContain(':distribution/');
    expect(propertiesOf(sites, 'AWS::CloudFront::OriginAccessControl')).toContainEqual({
      OriginAccessControlConfig: expect.objectContaining({
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
      }),
    });
  });

  it('F-117: has every body hashed on its way to a server, and no file and no image', () => {
    for (const behavior of [distribution.DefaultCacheBehavior, to('_next/data/*')]) {
      expect(behavior.LambdaFunctionAssociations).toMatchObject([{ EventType: 'origin-request', IncludeBody: true }]);
      expect(behavior.AllowedMethods).toContain('POST');
      expect(behavior.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
    }
    expect(to('_next/image*')).not.toHaveProperty('LambdaFunctionAssociations');
    expect(to('_next/image*').TargetOriginId).toBe('imageOptimizer');
    expect(to('_next/*')).toMatchObject({ TargetOriginId: 'files', AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] });
    expect(behaviors.map(({ PathPattern }) => PathPattern)).toEqual(
      someOutput().behaviors.map(({ pattern }) => pattern),
    );
  });

  it('shows of its bucket the files of browsers, and never what servers keep', () => {
    const [policy] = propertiesOf(sites, 'AWS::S3::BucketPolicy').filter(({ PolicyDocument }) =>
      JSON.stringify(PolicyDocument).includes('CloudFrontReads'),
    );
    const [, reads] = policy.PolicyDocument.Statement;
    expect(JSON.stringify(reads.Resource)).toContain('/_assets/*');
    expect(distribution.Origins[0]).toMatchObject({ OriginPath: '/_assets' });
    expect(resourcesOf(functions, 'AWS::S3::Bucket')[0].Metadata['platform:policy-of']).toBe('sites');
  });

  it('keeps as many instances of each server warm as somebody wants, and none by itself', () => {
    const { functions: warm } = synthesize(settings(next({ warm: 3 }))).templates;
    const [rule] = propertiesOf(warm, 'AWS::Events::Rule');
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    const aliases = Object.entries<Json>(warm.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias');
    const [server] = aliases.find(([id]) => id.includes('Default'))!;
    const [asked] = propertiesOf(warm, 'AWS::Lambda::Function')
      .map(({ Environment }) => Environment.Variables.WARM_PARAMS)
      .filter(Boolean);
    expect(asked['Fn::Join'][1]).toEqual(['[{"concurrency":3,"function":"', { Ref: server }, '"}]']);
    const warms = propertiesOf(warm, 'AWS::IAM::Role')
      .flatMap(({ Policies }) => Policies)
      .find(({ PolicyName }: Json) => PolicyName === 'Warm');
    expect(warms.PolicyDocument.Statement[0]).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Resource: { Ref: server },
    });
    expect(propertiesOf(functions, 'AWS::Events::Rule')).toEqual([]);
  });

  it('leaves out what OpenNext has not built, and does not guess where it has built nothing', () => {
    const { images: _, revalidation: __, ...rest } = someOutput({ prefixes: { assets: '_assets' }, behaviors: [] });
    const { app } = buildApp(settings(next({ uses: [], inVpc: false })), {
      outdir: '/nonexistent',
      codes: { 'edge/body-hash': { directory: '/code', hash: 'c0de' } },
      next: { web: rest },
    });
    expect(app.node.findAll().filter(({ node }) => node.id === 'Function')).toHaveLength(2);
    expect(() => buildApp(settings(), { outdir: '/nonexistent' })).toThrow('was not b');
  });
});
