import { describe, expect, it } from 'vitest';
import { factsOf } from '../testing/facts.ts';
import { sampleSettings } from '../testing/sample-settings.ts';
import { synthesize } from '../testing/synthesize.ts';
import { FURTHER_CASES } from '../testing/template-cases.ts';
import { wholeSettings } from '../testing/whole-settings.ts';
import { checkTemplate, TEMPLATE_RULES } from './check-template.ts';
import type { Json, Resource } from './template.ts';

const allowing = (statement: Json): Resource => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn', ...statement }] },
  },
});

const bucket: Resource = {
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  Properties: {
    BucketEncryption: {},
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  },
};

const tls = (key: 'Bucket' | 'Queues', id: string): Json => ({
  [key]: key === 'Queues' ? [{ Ref: id }] : { Ref: id },
  PolicyDocument: { Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
});

const cluster: Resource = {
  Type: 'AWS::RDS::DBCluster',
  DeletionPolicy: 'Snapshot',
  Properties: { StorageEncrypted: true, DeletionProtection: true, BackupRetentionPeriod: 7 },
};
const member = (cluster: string): Resource => ({
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy: 'Delete',
  Properties: { DBClusterIdentifier: { Ref: cluster }, PubliclyAccessible: false },
});
const twoOf = { I: member('C'), J: member('C') };
const withCluster = (properties: Json, rest: Partial<Resource> = {}): Record<string, Resource> => ({
  C: { ...cluster, ...rest, Properties: { ...cluster.Properties, ...properties } },
  ...twoOf,
});
const queue: Resource = {
  Type: 'AWS::SQS::Queue',
  DeletionPolicy: 'Delete',
  Properties: { SqsManagedSseEnabled: true, RedrivePolicy: { deadLetterTargetArn: 'arn' } },
};
const QUEUE_POLICY: Resource = { Type: 'AWS::SQS::QueuePolicy', Properties: tls('Queues', 'Q') };
const task = (container: Json): Resource => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Image: { Ref: 'Image' }, ...container }] },
});
const group = (ingress: Json): Resource => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { SecurityGroupIngress: [ingress] },
});
const anywhere = { CidrIp: '0.0.0.0/0', FromPort: 5432 };
const service = (properties: Json): Resource => ({
  Type: 'AWS::ECS::Service',
  Properties: {
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    ...properties,
  },
});

const facts = factsOf('prod');

/** Each rule with what it finds, and its nearest neighbour that is fine. */
const CASES: [rule: string, sick: Record<string, Resource>, healthy: Record<string, Resource>][] = [
  [
    'iam-wildcard-action',
    { P: allowing({ Action: ['s3:Get*'] }) },
    { P: allowing({}), Q: allowing({ Effect: 'Deny', Action: 's3:*' }) },
  ],
  [
    'iam-wildcard-resource',
    { P: allowing({ Resource: '*' }) },
    { P: allowing({ Action: 'ecr:GetAuthorizationToken', Resource: '*' }) },
  ],
  [
    'iam-broad-policy',
    {
      R: {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:aws', ':iam::aws:policy/AmazonS3FullAccess']] }] },
      },
    },
    {
      R: {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole'] },
      },
    },
  ],
  [
    'database-public',
    { D: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBClusterIdentifier: 'c' } } },
    {
      D: {
        Type: 'AWS::RDS::DBInstance',
        DeletionPolicy: 'Delete',
        Properties: { DBClusterIdentifier: 'c', PubliclyAccessible: false },
      },
    },
  ],
  [
    'bucket-public',
    {
      B: { ...bucket, Properties: { ...bucket.Properties, PublicAccessBlockConfiguration: { BlockPublicAcls: true } } },
      P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'B') },
    },
    { B: bucket, P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'B') } },
  ],
  [
    'bucket-tls',
    { B: bucket, P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'Other') } },
    { B: bucket, P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'B') } },
  ],
  ['queue-tls', { Q: queue }, { Q: queue, P: { Type: 'AWS::SQS::QueuePolicy', Properties: tls('Queues', 'Q') } }],
  [
    'listener-tls',
    {
      L: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-2016-08' },
      },
    },
    { L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTP' } } },
  ],
  [
    'ingress-anywhere',
    { G: group(anywhere) },
    {
      G: group(anywhere),
      L: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { SecurityGroups: [{ 'Fn::GetAtt': ['G', 'GroupId'] }] },
      },
      H: group({ CidrIp: '10.0.0.0/16' }),
    },
  ],
  [
    'task-public',
    { S: service({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } }) },
    { S: service({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } } }) },
  ],
  ['database-encrypted', withCluster({ StorageEncrypted: false }), withCluster({})],
  [
    'bucket-encrypted',
    {
      B: { ...bucket, Properties: { ...bucket.Properties, BucketEncryption: undefined } },
      P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'B') },
    },
    { B: bucket, P: { Type: 'AWS::S3::BucketPolicy', Properties: tls('Bucket', 'B') } },
  ],
  [
    'queue-encrypted',
    {
      Q: { ...queue, Properties: { RedrivePolicy: {} } },
      P: { Type: 'AWS::SQS::QueuePolicy', Properties: tls('Queues', 'Q') },
    },
    { Q: queue, P: { Type: 'AWS::SQS::QueuePolicy', Properties: tls('Queues', 'Q') } },
  ],
  ['state-without-policy', withCluster({}, { DeletionPolicy: undefined }), withCluster({})],
  [
    'log-retention',
    { G: { Type: 'AWS::Logs::LogGroup' } },
    { G: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } } },
  ],
  ['service-circuit-breaker', { S: { Type: 'AWS::ECS::Service', Properties: {} } }, { S: service({}) }],
  ['image-by-digest', { T: task({ Image: 'shop:latest' }) }, { T: task({ Image: `shop@sha256:${'0'.repeat(64)}` }) }],
  ['template-ascii', { T: task({ Command: ['grüezi'] }) }, { T: task({ Command: ['hello\tyou'] }) }],
  [
    'secret-resolved',
    { T: task({ Environment: [{ Name: 'A', Value: '{{resolve:secretsmanager:a}}' }] }) },
    { T: task({ Environment: [{ Name: 'A', Value: '{{ name }}' }] }) },
  ],
  [
    'secret-in-plain-text',
    { T: task({ Environment: [{ Name: 'STRIPE_API_KEY', Value: 'sk_live_1' }] }) },
    {
      T: task({
        Environment: [
          { Name: 'DATABASE_SECRET_ARN', Value: 'arn' },
          { Name: 'TOKEN', Value: { Ref: 'P' } },
        ],
      }),
    },
  ],
  ...FURTHER_CASES,
];

describe('checkTemplate', () => {
  it.each(CASES)(
    '%s finds what is wrong and leaves its neighbour alone (S0-42, S0-43, S2-83, S2-86)',
    (rule, sick, healthy) => {
      expect(checkTemplate({ Resources: sick }, facts).map((problem) => problem.rule)).toEqual([rule]);
      expect(checkTemplate({ Resources: healthy }, facts)).toEqual([]);
    },
  );

  it('finds hidden parameters and those that CloudFormation would fill itself', () => {
    const Parameters = {
      A: { Type: 'String', NoEcho: true },
      B: { Type: 'AWS::SSM::Parameter::Value<String>' },
      C: { Type: 'String' },
    };
    const found = checkTemplate({ Parameters }, facts);
    expect(found.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([
      'parameter-hidden parameter A',
      'parameter-from-ssm parameter B',
    ]);
  });

  it('counts what CloudFormation counts (F-17)', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`O${index}`, {}]));
    expect(checkTemplate({ Outputs: many(200) }, facts)).toEqual([]);
    expect(checkTemplate({ Outputs: many(201) }, facts)[0]).toMatchObject({
      rule: 'template-limits',
      severity: 'error',
    });
  });

  it('judges by the kind of the environment, and says when something ends and where that is written (S0-42, S1-85)', () => {
    const queues = { Q: { ...queue, Properties: { SqsManagedSseEnabled: true } }, P: QUEUE_POLICY };
    const found = (kind: 'dev' | 'staging' | 'prod') =>
      checkTemplate({ Resources: queues }, factsOf(kind)).map(({ rule, severity }) => `${severity} ${rule}`);
    expect(found('dev')).toEqual([]);
    expect(found('staging')).toEqual(['error queue-without-dead-letters']);
    const F = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs20.x' } };
    expect(checkTemplate({ Resources: { F } }, factsOf('dev'))).toMatchObject([
      {
        rule: 'runtime-end',
        severity: 'warning',
        message: 'nodejs20.x is supported until 2026-08-15 only',
        documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
      },
    ]);
  });

  it('names the policy of AWS that allows everything of a service (S3-105)', () => {
    const R = {
      Type: 'AWS::IAM::Role',
      Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] },
    };
    expect(checkTemplate({ Resources: { R } }, factsOf('sandbox'))).toMatchObject([
      { rule: 'iam-broad-policy', severity: 'error', message: 'The role has AmazonS3FullAccess' },
    ]);
  });

  it('has a case for every rule, and one id for each (D6)', () => {
    const covered = [...CASES.map(([rule]) => rule), 'parameter-hidden', 'parameter-from-ssm', 'template-limits'];
    expect(TEMPLATE_RULES.map(({ id }) => id).sort()).toEqual(covered.sort());
    expect(new Set(covered).size).toBe(covered.length);
  });

  it('names the resource as a person would, with a remedy', () => {
    const { network } = sampleSettings();
    const { templates } = synthesize(sampleSettings({ network: { ...network, tasks: 'public' } }));
    expect(checkTemplate(templates['service-web'], factsOf('dev'))).toEqual([
      {
        rule: 'task-public',
        severity: 'warning',
        logicalId: expect.stringContaining('Service'),
        resource: 'web service',
        message: 'Its tasks have public addresses',
        remedy: 'Give the network a NAT gateway, a NAT instance or endpoints',
        documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
      },
    ]);
  });

  it('finds nothing in what we build (S4-160, S4-163, S4-161)', () => {
    for (const template of Object.values(synthesize(wholeSettings()).templates))
      expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
  });
});
