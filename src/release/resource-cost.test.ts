import { expect, it } from 'vitest';
import { cents } from '../domain/prices.ts';
import { type Properties, resourceCost, type TemplateResource } from './resource-cost.ts';

const of = (type: string, properties: Properties, resources: Record<string, TemplateResource> = {}) =>
  resourceCost({ id: 'It', type, properties, resources });

function monthly(type: string, properties: Properties, resources: Record<string, TemplateResource> = {}) {
  const { fixed } = of(type, properties, resources);
  return fixed && [cents(fixed.idle), cents(fixed.full)];
}

const task = (Cpu: string, Memory: string, more: object = {}): Record<string, TemplateResource> => ({
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu, Memory, ...more } },
  Bounds: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { MinCapacity: 1, MaxCapacity: 4 },
  },
});
const SERVICE = { TaskDefinition: { Ref: 'Task' } };
const cluster = (MinCapacity: number, MaxCapacity: number): Record<string, TemplateResource> => ({
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity } },
  },
});
const SERVERLESS = { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'Cluster' } };
const interfaceIn = (...SubnetIds: string[]) => ({ VpcEndpointType: 'Interface', SubnetIds });

it.each<[string, number[] | undefined, Properties, Record<string, TemplateResource>?]>([
  ['S2-71 AWS::ECS::Service', [18.02, 72.08], SERVICE, task('512', '1024')],
  ['S2-71 AWS::ECS::Service', [36.04, 144.16], SERVICE, task('1024', '2048')],
  [
    'AWS::ECS::Service',
    [14.42, 57.67],
    SERVICE,
    task('512', '1024', { RuntimePlatform: { CpuArchitecture: 'ARM64' } }),
  ],
  ['S0-37 S2-70 AWS::RDS::DBInstance', [43.8, 350.4], SERVERLESS, cluster(0.5, 4)],
  ['AWS::RDS::DBInstance', [0, 87.6], SERVERLESS, cluster(0, 1)],
  [
    'AWS::RDS::DBInstance',
    [13.98, 13.98],
    { DBInstanceClass: 'db.t4g.micro', AllocatedStorage: '20', StorageType: 'gp3' },
  ],
  [
    'AWS::RDS::DBInstance',
    [99.5, 99.5],
    { DBInstanceClass: 'db.t4g.medium', AllocatedStorage: '20', StorageType: 'gp3', MultiAZ: true },
  ],
  ['S2-75 AWS::EC2::NatGateway', [32.85, 32.85], {}],
  ['AWS::EC2::VPCEndpoint', [14.6, 14.6], interfaceIn('a', 'b')],
  ['AWS::EC2::VPCEndpoint', undefined, { VpcEndpointType: 'Gateway' }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', [23.73, 23.73], { Scheme: 'internet-facing', Subnets: ['a', 'b'] }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', [16.43, 16.43], { Scheme: 'internal', Subnets: ['a', 'b'] }],
  ['S4-85 AWS::ApiGateway::Stage', [14.6, 14.6], { CacheClusterEnabled: true, CacheClusterSize: '0.5' }],
  ['AWS::ApiGateway::Stage', undefined, {}],
  ['AWS::WAFv2::WebACL', [8, 8], { Rules: [{}, {}, {}] }],
  ['AWS::CloudWatch::Alarm', [0.1, 0.1], {}],
  ['AWS::IAM::Role', undefined, {}],
])('%s costs %j in a month of 730 hours', (titled, expected, properties, resources = {}) => {
  expect(monthly(titled.split(' ').at(-1)!, properties, resources)).toEqual(expected);
});

it.each<[string, string[], Properties]>([
  ['S2-73 AWS::Lambda::Function', ['lambda-requests', 'lambda-arm'], { Architectures: ['arm64'], MemorySize: 512 }],
  ['AWS::Lambda::Function', ['lambda-requests', 'lambda-x86'], {}],
  ['S2-74 S4-168 AWS::SQS::Queue', ['queue-standard'], {}],
  ['AWS::SQS::Queue', ['queue-fifo'], { FifoQueue: true }],
  ['S4-83 S4-84 AWS::ApiGateway::RestApi', ['api-rest', 'data-out'], {}],
  ['S4-89 AWS::ApiGatewayV2::Api', ['api-http', 'data-out'], {}],
])('%s is paid by use: %j', (titled, prices, properties) => {
  const { fixed, uses = [] } = of(titled.split(' ').at(-1)!, properties);
  expect(fixed).toBeUndefined();
  expect(uses.map(({ price }) => price)).toEqual(prices);
});

it('C31: guesses nothing: a class, a proxy, Spot and types that nobody looked up have no price', () => {
  const unknowns: [string, Properties, Record<string, TemplateResource>?][] = [
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.r9z.large' }],
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.t4g.micro', AllocatedStorage: '20', StorageType: 'io2' }],
    ['AWS::RDS::DBProxy', {}],
    [
      'AWS::ECS::Service',
      { ...SERVICE, CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }] },
      task('512', '1024'),
    ],
    ['AWS::ECS::Service', { TaskDefinition: 'arn:elsewhere' }],
    ['AWS::ApiGateway::Stage', { CacheClusterEnabled: true, CacheClusterSize: '118' }],
    ['AWS::Neptune::DBCluster', {}],
  ];
  for (const [type, properties, resources] of unknowns) {
    const found = of(type, properties, resources);
    expect(found.fixed, type).toBeUndefined();
    expect(found.unknown, type).toBeDefined();
  }
});
