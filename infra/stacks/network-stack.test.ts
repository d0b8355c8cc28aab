import { describe, expect, it } from 'vitest';
import type { AppSettings, CreatedNetwork } from '../settings.ts';
import { sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

function network(
  changes: Partial<CreatedNetwork> = {},
  zones = 2,
): { template: Json; synthesized: ReturnType<typeof synthesize> } {
  const { source } = sampleSettings().network;
  const settings: AppSettings = sampleSettings({
    network: {
      availabilityZones: ZONES.slice(0, zones),
      source: { ...(source as CreatedNetwork), ...changes },
      tasks: 'private',
    },
  });
  const synthesized = synthesize(settings);
  return { template: synthesized.templates.network, synthesized };
}

const cidrs = (template: Json): Record<string, string> =>
  Object.fromEntries(
    Object.entries<Json>(template.Resources).flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::EC2::Subnet' ? [[id, `${Properties.CidrBlock} ${Properties.AvailabilityZone}`]] : [],
    ),
  );

describe('the network', () => {
  it('has public, private and isolated subnets in each zone (S0-07, S1-04, S2-03, S2-04, S2-05, S2-06, S3-05)', () => {
    const { template } = network();
    expect(Object.values(cidrs(template)).sort()).toEqual([
      '10.0.0.0/24 us-east-1a',
      '10.0.1.0/24 us-east-1a',
      '10.0.2.0/24 us-east-1a',
      '10.0.4.0/24 us-east-1b',
      '10.0.5.0/24 us-east-1b',
      '10.0.6.0/24 us-east-1b',
    ]);
    const open = propertiesOf(template, 'AWS::EC2::Subnet').filter((subnet) => subnet.MapPublicIpOnLaunch);
    expect(open).toHaveLength(2);
  });

  it('leaves every subnet in place when a zone or the isolated subnets are added (F-12)', () => {
    const small = cidrs(network({ isolated: false }, 2).template);
    const large = cidrs(network({ isolated: true }, 3).template);
    expect(Object.keys(large)).toHaveLength(9);
    expect(large).toMatchObject(small);
  });

  it('routes each private subnet through a NAT gateway, sharing them in turn, over three zones (S1-61, S0-36, S1-56, S2-07, S4-159)', () => {
    const one = network({ nat: { kind: 'gateways', count: 1 } }, 3).template;
    expect(resourcesOf(one, 'AWS::EC2::NatGateway')).toHaveLength(1);
    expect(propertiesOf(one, 'AWS::EC2::Route').filter((route) => route.NatGatewayId)).toHaveLength(3);

    const two = network({ nat: { kind: 'gateways', count: 2 } }, 3).template;
    const used = propertiesOf(two, 'AWS::EC2::Route').flatMap((route) => route.NatGatewayId?.Ref ?? []);
    expect(used).toEqual([used[0], used[1], used[0]]);
    expect(used[0]).not.toBe(used[1]);
  });

  it('gives isolated subnets no way out (S2-80)', () => {
    const { template } = network({}, 2);
    const isolated = Object.keys(template.Resources).filter((id) => /Isolated\dRouteTable/.test(id));
    expect(isolated).toHaveLength(2);
    for (const { RouteTableId } of propertiesOf(template, 'AWS::EC2::Route'))
      expect(isolated).not.toContain(RouteTableId.Ref);
  });

  it('runs one NAT instance of an image that the state remembers (S2-76)', () => {
    const { template, synthesized } = network({ nat: { kind: 'instance' } });
    expect(resourcesOf(template, 'AWS::EC2::NatGateway')).toEqual([]);
    const [instance] = propertiesOf(template, 'AWS::EC2::Instance');
    expect(instance).toMatchObject({
      InstanceType: 't4g.nano',
      SourceDestCheck: false,
      ImageId: { Ref: 'NatImageId' },
    });
    expect(synthesized.stacks.find(({ id }) => id === 'network')?.parameters).toEqual({
      NatImageId: { from: 'state', key: 'nat-image' },
    });
    const [group] = propertiesOf(template, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toEqual([
      { IpProtocol: '-1', CidrIp: '10.0.0.0/16', Description: 'from the VPC' },
    ]);
  });

  it('reaches AWS by endpoints where there is no NAT (S2-76, F-45)', () => {
    const { template } = network({
      nat: { kind: 'none' },
      endpoints: ['s3', 'ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'],
    });
    expect(propertiesOf(template, 'AWS::EC2::Route').filter((route) => route.NatGatewayId)).toEqual([]);
    const endpoints = propertiesOf(template, 'AWS::EC2::VPCEndpoint');
    expect(endpoints.map(({ ServiceName, VpcEndpointType }) => `${ServiceName} ${VpcEndpointType}`)).toEqual([
      'com.amazonaws.us-east-1.s3 Gateway',
      'com.amazonaws.us-east-1.ecr.api Interface',
      'com.amazonaws.us-east-1.ecr.dkr Interface',
      'com.amazonaws.us-east-1.logs Interface',
      'com.amazonaws.us-east-1.secretsmanager Interface',
    ]);
    for (const { VpcEndpointType, PrivateDnsEnabled } of endpoints) {
      if (VpcEndpointType === 'Interface') expect(PrivateDnsEnabled).toBe(true);
    }
    expect(propertiesOf(template, 'AWS::EC2::VPC')[0]).toMatchObject({
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
    });
    // Four route tables: the private and the isolated subnets of two zones.
    expect(endpoints[0].RouteTableIds).toHaveLength(4);
  });

  it('logs its traffic where asked for, and writes nowhere else', () => {
    expect(resourcesOf(network().template, 'AWS::EC2::FlowLog')).toEqual([]);
    const { template } = network({ flowLogs: { retentionDays: 30, onDelete: 'retain' } });
    expect(propertiesOf(template, 'AWS::EC2::FlowLog')[0]).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' });
    const [group] = resourcesOf(template, 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({ Properties: { RetentionInDays: 30 }, DeletionPolicy: 'RetainExceptOnCreate' });
    const [role] = propertiesOf(template, 'AWS::IAM::Role');
    expect(role.Policies[0].PolicyDocument.Statement[0].Resource).toEqual({
      'Fn::GetAtt': [expect.any(String), 'Arn'],
    });
  });
});
