import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import type { AppSettings } from '../settings.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleObservability, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, synthesize } from '../testing/synthesize.ts';

const files = {
  access: 'private',
  policyOwner: 'data',
  versioned: false,
  corsOrigins: [],
  onDelete: 'destroy',
} as const;
const spa = { kind: 'spa', apiPaths: {}, priceClass: '100', onDelete: 'destroy', domain: undefined } as never;

const made = (changes: Partial<AppSettings> = {}, accessLogs: boolean | undefined = true) =>
  synthesize(
    sampleSettings({
      services: { web: sampleService() },
      observability: sampleObservability({ accessLogs, logRetentionDays: 30, logsOnDelete: 'retain' }),
      ...changes,
    }),
  );
const logBucket = (template: Json): Json =>
  Object.entries<Json>(template.Resources).find(([id]) => /^AccessLogsBucket/.test(id))![1];

describe('access logs', () => {
  const { templates, stacks } = made({ buckets: { files }, sites: { app: spa } });
  const attributes = propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer')[0]
    .LoadBalancerAttributes;

  it('of the load balancer go to a bucket that data tells of', () => {
    expect(attributes.slice(1)).toEqual([
      { Key: 'access_logs.s3.enabled', Value: 'true' },
      { Key: 'access_logs.s3.bucket', Value: { Ref: 'DataAccessLogBucket' } },
      { Key: 'access_logs.s3.prefix', Value: 'balancer' },
    ]);
    const runtime = stacks.find(({ id }) => id === 'runtime')!;
    expect(runtime.parameters.DataAccessLogBucket).toEqual({ from: 'stack', stack: 'data', output: 'AccessLogBucket' });
    expect(runtime.after).toContain('data');
  });

  it('of buckets go there too, each under its name, once the policy lets them', () => {
    const [, bucket] = Object.entries<Json>(templates.data.Resources).find(([id]) => /^BucketFiles/.test(id))!;
    expect(bucket.Properties.LoggingConfiguration).toEqual({
      DestinationBucketName: { Ref: expect.stringMatching(/^AccessLogsBucket/) },
      LogFilePrefix: 'buckets/files/',
    });
    expect(bucket.DependsOn).toEqual([expect.stringMatching(/^AccessLogsPolicy/)]);
    const site = propertiesOf(templates.sites, 'AWS::S3::Bucket').find(
      ({ LoggingConfiguration }) => LoggingConfiguration,
    );
    expect(site.LoggingConfiguration).toEqual({
      DestinationBucketName: { Ref: 'DataAccessLogBucket' },
      LogFilePrefix: 'buckets/app/',
    });
  });

  it('lie encrypted, for as long as other logs, and let in nobody but who writes them', () => {
    const { Properties, DeletionPolicy } = logBucket(templates.data);
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      { Id: 'old-logs', Status: 'Enabled', ExpirationInDays: 30 },
    ]);
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'AES256',
    });
    const statements = propertiesOf(templates.data, 'AWS::S3::BucketPolicy').find(({ Bucket }) =>
      /^AccessLogs/.test(Bucket.Ref),
    ).PolicyDocument.Statement;
    const allowed = statements.filter(({ Effect }: Json) => Effect === 'Allow');
    expect(allowed.map(({ Principal, Action }: Json) => [Principal, Action])).toEqual([
      [
        {
          Service: 'logdelivery.elasticloadbalancing.amazonaws.com',
          AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::127311923021:root']] },
        },
        's3:PutObject',
      ],
      [{ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject'],
    ]);
    expect(JSON.stringify(allowed[0].Resource)).toContain('/balancer/AWSLogs/222222222222/*');
    expect(allowed[1].Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '222222222222' } });
  });

  it('know regions that came after the accounts of load balancers', () => {
    const late = made({ region: 'il-central-1' }).templates.data;
    const [policy] = propertiesOf(late, 'AWS::S3::BucketPolicy');
    expect(policy.PolicyDocument.Statement[1].Principal).toEqual({
      Service: 'logdelivery.elasticloadbalancing.amazonaws.com',
    });
  });

  it('break none of our own rules', () => {
    for (const template of Object.values(templates)) expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
  });

  it('have no bucket where nothing would write to it, and leave the templates of others as they are', () => {
    const worker = { worker: sampleService({ http: undefined, port: undefined } as never) };
    expect(made({ services: worker }).templates.data).toBeUndefined();
    const never = synthesize(sampleSettings({ buckets: { files } })).templates;
    expect(JSON.stringify(never)).not.toMatch(/AccessLog|access_logs|LoggingConfiguration/);
  });

  it('end where that is said: a load balancer keeps what a template no longer mentions', () => {
    const off = made({ buckets: { files } }, false).templates;
    const [balancer] = propertiesOf(off.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(balancer.LoadBalancerAttributes.slice(1)).toEqual([{ Key: 'access_logs.s3.enabled', Value: 'false' }]);
    expect(JSON.stringify(off)).not.toMatch(/AccessLog|LoggingConfiguration/);
  });
});
