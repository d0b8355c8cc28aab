import { describe, expect, it } from 'vitest';
import type { MediaSettings } from '../site-settings.ts';
import { sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const BUCKET = {
  access: 'private',
  policyOwner: 'sites',
  versioned: false,
  corsOrigins: [],
  onDelete: 'retain',
} as const;

const media = (changes: Partial<MediaSettings> = {}): MediaSettings => ({
  kind: 'media',
  priceClass: '100',
  bucket: 'media',
  corsOrigins: [],
  ...changes,
});

const build = (site: MediaSettings, waf: false | { ratePer5Min: number } = false) =>
  synthesize(
    sampleSettings({
      region: 'eu-west-1',
      buckets: { media: BUCKET },
      sites: { pictures: site },
      edge: { waf, originVerify: false },
    }),
  );

const behaviorOf = (template: Json) =>
  propertiesOf(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig.DefaultCacheBehavior;

describe('images at the edge', () => {
  const { templates, stacks } = build(media({ images: { maxDimension: 2048 } }));
  const edge = templates.edge;

  it('S0-09 S0-19 S0-56 F-111: stand in us-east-1 as a numbered version, without variables, VPC and another processor', () => {
    expect(stacks.find(({ id }) => id === 'edge')).toMatchObject({ region: 'us-east-1', after: ['data'] });
    const [fn] = propertiesOf(edge, 'AWS::Lambda::Function');
    expect(fn).toMatchObject({ Architectures: ['x86_64'], Runtime: 'nodejs22.x', MemorySize: 1024, Timeout: 30 });
    for (const absent of ['Environment', 'VpcConfig', 'Layers', 'DeadLetterConfig', 'TracingConfig', 'FunctionName'])
      expect(fn).not.toHaveProperty(absent);
    const [version] = resourcesOf(edge, 'AWS::Lambda::Version');
    expect(version).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('may read the objects of its bucket, write its logs in every region, and nothing else', () => {
    const [role] = propertiesOf(edge, 'AWS::IAM::Role');
    expect(role.AssumeRolePolicyDocument.Statement[0].Principal.Service).toEqual([
      'edgelambda.amazonaws.com',
      'lambda.amazonaws.com',
    ]);
    expect(role.Policies).toHaveLength(1);
    expect(role.Policies[0].PolicyDocument.Statement).toMatchObject([{ Action: 's3:GetObject' }]);
    const [log] = propertiesOf(edge, 'AWS::IAM::Policy');
    expect(JSON.stringify(log.PolicyDocument.Statement[0].Resource)).toContain(':log-group:/aws/lambda/us-east-1.');
  });

  it('F-114: is left behind with its stack, because its replicas cannot be deleted by anybody', () => {
    expect(resourcesOf(edge, 'AWS::Lambda::Function')[0]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('reach the distribution by the ARN of the version, as a parameter', () => {
    const [association] = behaviorOf(templates.sites).LambdaFunctionAssociations;
    expect(association).toMatchObject({ EventType: 'origin-request', IncludeBody: false });
    const parameter = association.LambdaFunctionARN.Ref;
    expect(stacks.find(({ id }) => id === 'sites')!.parameters[parameter]).toEqual({
      from: 'stack',
      stack: 'edge',
      output: 'FunctionVersionArnImagesPictures',
    });
  });

  it('come beside the firewall, and a site without them has neither stack nor association', () => {
    expect(
      Object.keys(build(media({ images: { maxDimension: 1 } }), { ratePer5Min: 100 }).templates.edge.Outputs),
    ).toEqual(expect.arrayContaining(['WebAclArn', 'FunctionVersionArnImagesPictures']));
    const bare = build(media());
    expect(bare.templates.edge).toBeUndefined();
    expect(behaviorOf(bare.templates.sites)).not.toHaveProperty('LambdaFunctionAssociations');
  });
});
