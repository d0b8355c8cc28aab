import type { Json, Resource } from '../checks/template.ts';

type Case = [rule: string, sick: Record<string, Resource>, healthy: Record<string, Resource>];

const one = (Type: string, sick: Json, healthy: Json, rest: Partial<Resource> = {}) =>
  [{ R: { Type, ...rest, Properties: sick } }, { R: { Type, ...rest, Properties: healthy } }] as const;

const site = (config: Json) => ({
  DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' }, ...config },
});
const policy = (statement: Json) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } });
const pool = { Type: 'AWS::Cognito::UserPool', DeletionPolicy: 'Retain' };
const postgres = {
  Engine: 'postgres',
  EngineVersion: '16.4',
  PubliclyAccessible: false,
  StorageEncrypted: true,
  DeletionProtection: true,
  BackupRetentionPeriod: 7,
  MultiAZ: true,
};
const database = (changes: Json, DeletionPolicy = 'Snapshot') =>
  one('AWS::RDS::DBInstance', { ...postgres, ...changes }, postgres, { DeletionPolicy });
const instance = (DeletionPolicy: string): Record<string, Resource> => ({
  R: { Type: 'AWS::RDS::DBInstance', DeletionPolicy, Properties: postgres },
});
const breaker = { DeploymentCircuitBreaker: { Enable: true, Rollback: true } };
const service = (properties: Json): Resource => ({
  Type: 'AWS::ECS::Service',
  Properties: { LoadBalancers: [{}], DeploymentConfiguration: breaker, ...properties },
});
const scaled = (MinCapacity: number): Resource => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: { MinCapacity, ResourceId: { 'Fn::Join': ['/', ['service', { 'Fn::GetAtt': ['S', 'Name'] }]] } },
});
const within = (Subnets: string[]) => service({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets } } });
const rolling = (MinimumHealthyPercent: number) =>
  service({ DesiredCount: 2, DeploymentConfiguration: { ...breaker, MinimumHealthyPercent } });
const queue = (RedrivePolicy?: Json): Resource => ({
  Type: 'AWS::SQS::Queue',
  DeletionPolicy: 'Delete',
  Properties: { SqsManagedSseEnabled: true, ...(RedrivePolicy ? { RedrivePolicy } : {}) },
});
const tls = (...ids: string[]): Resource => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: ids.map((Ref) => ({ Ref })),
    PolicyDocument: { Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
  },
});
const variable = (value: string) => ({ Runtime: 'nodejs24.x', Environment: { Variables: { SETTING: value } } });

/** What each further rule finds, and its nearest neighbour that is fine. */
export const FURTHER_CASES: readonly Case[] = [
  [
    'cors-any-origin',
    ...one(
      'AWS::ApiGatewayV2::Api',
      { CorsConfiguration: { AllowOrigins: ['*'] } },
      { CorsConfiguration: { AllowOrigins: ['https://app.example.com'], AllowHeaders: ['*'] } },
    ),
  ],
  [
    'distribution-https',
    ...one(
      'AWS::CloudFront::Distribution',
      site({ CacheBehaviors: [{ PathPattern: '/a', ViewerProtocolPolicy: 'allow-all' }] }),
      site({ CacheBehaviors: [{ PathPattern: '/a', ViewerProtocolPolicy: 'https-only' }] }),
    ),
  ],
  [
    'distribution-tls',
    ...one(
      'AWS::CloudFront::Distribution',
      site({ ViewerCertificate: { AcmCertificateArn: 'arn', MinimumProtocolVersion: 'TLSv1_2016' } }),
      site({ ViewerCertificate: { CloudFrontDefaultCertificate: true } }),
    ),
  ],
  [
    'origin-tls',
    ...one(
      'AWS::CloudFront::Distribution',
      site({ Origins: [{ Id: 'api', CustomOriginConfig: { OriginSSLProtocols: ['TLSv1.1', 'TLSv1.2'] } }] }),
      site({ Origins: [{ Id: 'api', CustomOriginConfig: { OriginSSLProtocols: ['TLSv1.2'] } }, { Id: 'files' }] }),
    ),
  ],
  ['api-domain-tls', ...one('AWS::ApiGateway::DomainName', {}, { SecurityPolicy: 'TLS_1_2' })],
  [
    'database-tls',
    ...one(
      'AWS::RDS::DBParameterGroup',
      { Family: 'postgres16', Parameters: { 'rds.force_ssl': 0 } },
      { Family: 'mysql8.0', Parameters: {} },
    ),
  ],
  [
    'trust-anyone',
    ...one(
      'AWS::IAM::Role',
      { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' } }] } },
      {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Condition: { StringEquals: {} } }],
        },
      },
    ),
  ],
  [
    'policy-public',
    ...one(
      'AWS::SNS::TopicPolicy',
      policy({ Principal: '*', Action: 'sns:Publish' }),
      policy({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' }),
    ),
  ],
  ['function-url-open', ...one('AWS::Lambda::Url', { AuthType: 'NONE' }, { AuthType: 'AWS_IAM' })],
  [
    'deletion-protection',
    { R: { ...pool, Properties: {} } },
    { R: { ...pool, Properties: { DeletionProtection: 'ACTIVE' } } },
  ],
  ['data-deleted-with-stack', instance('Delete'), instance('Retain')],
  ['short-backups', ...database({ BackupRetentionPeriod: 1 })],
  ['topic-encrypted', ...one('AWS::SNS::Topic', {}, { KmsMasterKeyId: { Ref: 'Key' } })],
  [
    'api-cache-encrypted',
    ...one(
      'AWS::ApiGateway::Stage',
      { MethodSettings: [{ CachingEnabled: true }] },
      { MethodSettings: [{ CachingEnabled: false }, { CachingEnabled: true, CacheDataEncrypted: true }] },
    ),
  ],
  ['database-one-zone', ...database({ MultiAZ: false })],
  [
    'balancer-one-zone',
    ...one(
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Subnets: ['a'] },
      { Subnets: { 'Fn::Split': [',', { Ref: 'Subnets' }] } },
    ),
  ],
  ['service-one-zone', { S: within(['a']) }, { S: within(['a', 'b']) }],
  [
    'service-single-task',
    { S: service({}), T: scaled(1) },
    { S: service({ DesiredCount: 1 }), T: scaled(2), W: service({ DesiredCount: 1, LoadBalancers: undefined }) },
  ],
  ['rollout-gap', { S: rolling(0) }, { S: rolling(50) }],
  [
    'way-out-one-zone',
    { A: { Type: 'AWS::EC2::NatGateway' } },
    { A: { Type: 'AWS::EC2::NatGateway' }, B: { Type: 'AWS::EC2::NatGateway' } },
  ],
  [
    'queue-without-dead-letters',
    { A: queue(), P: tls('A') },
    { A: queue({ deadLetterTargetArn: { 'Fn::GetAtt': ['B', 'Arn'] } }), B: queue(), P: tls('A', 'B') },
  ],
  ['runtime-end', ...one('AWS::Lambda::Function', { Runtime: 'nodejs18.x' }, { Runtime: 'nodejs24.x' })],
  [
    'edge-runtime-old',
    ...one(
      'AWS::CloudFront::Function',
      { FunctionConfig: { Runtime: 'cloudfront-js-1.0' } },
      { FunctionConfig: { Runtime: 'cloudfront-js-2.0' } },
    ),
  ],
  ['database-version-end', ...database({ EngineVersion: '13.14' })],
  ['resource-size', ...one('AWS::Lambda::Function', variable('x'.repeat(4096)), variable('x'.repeat(4000)))],
  [
    'credential-in-template',
    ...one('AWS::Lambda::Function', variable('sk_live_0123456789abcdef'), variable('sk_live_1')),
  ],
];
