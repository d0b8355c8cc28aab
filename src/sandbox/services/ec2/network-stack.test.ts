import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const ref = (Ref: string) => ({ Ref });
const att = (...path: string[]) => ({ 'Fn::GetAtt': path });
const tagged = [{ Key: 'env', Value: 'production' }];

/** A network as our stacks make one: two zones, public and private, a NAT gateway, endpoints, and a load balancer. */
const NETWORK = {
  Vpc: {
    Type: 'AWS::EC2::VPC',
    Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true, Tags: tagged },
  },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') },
  },
  PublicA: subnet('10.0.0.0/24', 'us-east-1a', true),
  PublicB: subnet('10.0.1.0/24', 'us-east-1b', true),
  PrivateA: subnet('10.0.2.0/24', 'us-east-1a', false),
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc'), Tags: tagged } },
  PrivateTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  PublicRoute: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attachment',
    Properties: {
      RouteTableId: ref('PublicTable'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ref('Gateway'),
    },
  },
  PublicAssociation: association('PublicTable', 'PublicA'),
  PublicAssociationB: association('PublicTable', 'PublicB'),
  PrivateAssociation: association('PrivateTable', 'PrivateA'),
  Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
  Nat: {
    Type: 'AWS::EC2::NatGateway',
    DependsOn: ['PublicRoute', 'PublicAssociation'],
    Properties: { SubnetId: ref('PublicA'), AllocationId: att('Address', 'AllocationId') },
  },
  PrivateRoute: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: ref('PrivateTable'),
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: ref('Nat'),
    },
  },
  S3: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      ServiceName: 'com.amazonaws.us-east-1.s3',
      VpcEndpointType: 'Gateway',
      RouteTableIds: [ref('PrivateTable')],
    },
  },
  Secrets: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: [ref('PrivateA')],
      SecurityGroupIds: [ref('Tasks')],
    },
  },
  Balancers: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'balancers',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
    },
  },
  Tasks: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'tasks', VpcId: ref('Vpc') } },
  FromBalancers: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: att('Tasks', 'GroupId'),
      IpProtocol: 'tcp',
      FromPort: 8000,
      ToPort: 8000,
      SourceSecurityGroupId: att('Balancers', 'GroupId'),
    },
  },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DependsOn: 'PublicRoute',
    Properties: {
      Subnets: [ref('PublicA'), ref('PublicB')],
      SecurityGroups: [att('Balancers', 'GroupId')],
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }],
    },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('Balancer'),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    },
  },
  Group: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      VpcId: ref('Vpc'),
      Port: 8000,
      Protocol: 'HTTP',
      TargetType: 'ip',
      HealthCheckPath: '/health',
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    },
  },
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: ref('Listener'),
      Priority: 10,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'] } }],
      Actions: [{ Type: 'forward', TargetGroupArn: ref('Group') }],
    },
  },
};

const OUTPUTS = {
  Vpc: ref('Vpc'),
  DefaultGroup: att('Vpc', 'DefaultSecurityGroup'),
  Attachment: ref('Attachment'),
  Address: ref('Address'),
  GroupName: att('Group', 'TargetGroupFullName'),
  Balancer: att('Balancer', 'LoadBalancerFullName'),
  Dns: att('Balancer', 'DNSName'),
  Listener: att('Listener', 'ListenerArn'),
};

function subnet(CidrBlock: string, AvailabilityZone: string, MapPublicIpOnLaunch: boolean) {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Vpc'), CidrBlock, AvailabilityZone, MapPublicIpOnLaunch },
  };
}

function association(table: string, subnetId: string) {
  return {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { RouteTableId: ref(table), SubnetId: ref(subnetId) },
  };
}

async function deploy(Resources: object, outputs: Record<string, object> = {}) {
  const sandbox = await startSandbox();
  const cloudformation = sandbox.client(CloudFormationClient);
  const Outputs = Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }]));
  await cloudformation.send(
    new CreateStackCommand({ StackName: 'net', TemplateBody: JSON.stringify({ Resources, Outputs }) }),
  );
  await sandbox.settle();
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'net' }));
  const values = Object.fromEntries(
    (Stacks![0]!.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]),
  );
  const failures = async () => {
    const { StackEvents } = await cloudformation.send(
      new DescribeStackEventsCommand({ StackName: Stacks![0]!.StackId! }),
    );
    return StackEvents!
      .filter(({ ResourceStatus }) => ResourceStatus!.endsWith('FAILED'))
      .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`);
  };
  return {
    sandbox,
    cloudformation,
    ec2: sandbox.client(EC2Client),
    elb: sandbox.client(ElasticLoadBalancingV2Client),
    status: Stacks![0]!.StackStatus,
    values,
    failures,
  };
}

describe('a stack with a network and a load balancer', () => {
  it('comes up in minutes of virtual time, with tags, routes and outputs, and leaves nothing behind', async () => {
    const { sandbox, cloudformation, ec2, elb, values, status, failures } = await deploy(NETWORK, OUTPUTS);
    expect(await failures()).toEqual([]);
    expect(status).toBe('CREATE_COMPLETE');
    expect(sandbox.world.clock.now()).toBeGreaterThan(150_000);
    expect(sandbox.world.clock.now()).toBeLessThan(600_000);

    expect(values).toMatchObject({
      Vpc: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/),
      DefaultGroup: expect.stringMatching(/^sg-/),
      Attachment: `IGW|${values.Vpc}`,
      Address: expect.stringMatching(/^198\.1[89]\./),
      GroupName: expect.stringMatching(/^targetgroup\/net-Group-\w+\/[0-9a-f]{16}$/),
      Balancer: expect.stringMatching(/^app\/net-Balancer-\w+\/[0-9a-f]{16}$/),
      Dns: expect.stringMatching(/\.us-east-1\.elb\.amazonaws\.com$/i),
    });
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [values.Vpc!] }));
    expect(Vpcs![0]!.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'env', Value: 'production' },
        { Key: 'aws:cloudformation:logical-id', Value: 'Vpc' },
        { Key: 'aws:cloudformation:stack-name', Value: 'net' },
      ]),
    );
    const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({}));
    expect(NatGateways).toMatchObject([{ State: 'available', NatGatewayAddresses: [{ PublicIp: values.Address }] }]);
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: values.Listener }));
    expect(Rules?.map(({ Priority }) => Priority)).toEqual(['10', 'default']);

    await cloudformation.send(new DeleteStackCommand({ StackName: 'net' }));
    await sandbox.settle();
    expect(await failures()).toEqual([]);
    const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [values.Vpc!] }] };
    expect((await ec2.send(new DescribeSubnetsCommand(ofVpc))).Subnets).toEqual([]);
    expect((await ec2.send(new DescribeNetworkInterfacesCommand(ofVpc))).NetworkInterfaces).toEqual([]);
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toMatchObject([{ IsDefault: true }]);
  });

  it('fails with the words of a NAT gateway that has no internet gateway', async () => {
    const { Vpc, PublicA, Address } = NETWORK;
    const Nat = { ...NETWORK.Nat, DependsOn: [] };
    const { status, failures } = await deploy({ Vpc, PublicA, Address, Nat });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(await failures()).toEqual([
      expect.stringMatching(
        /^Nat: NatGateway nat-\w+ is in state failed and hence failed to stabilize\. Detailed failure message: Network vpc-\w+ has no Internet gateway attached$/,
      ),
    ]);
  });

  it('fails with the words of subnets that overlap (F-12)', async () => {
    const { Vpc, PublicA } = NETWORK;
    const PublicB = { ...subnet('10.0.0.0/25', 'us-east-1b', true), DependsOn: 'PublicA' };
    const { status, failures } = await deploy({ Vpc, PublicA, PublicB });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect((await failures())[0]).toContain("The CIDR '10.0.0.0/25' conflicts with another subnet");
  });
});

describe('recordings of cloudformation/resources/test_ec2', () => {
  it('test_internet_gateway_ref_and_attr: Ref and the attribute are the id', async () => {
    const { values } = await deploy(
      { Gateway: { Type: 'AWS::EC2::InternetGateway' } },
      { IdAttachment: att('Gateway', 'InternetGatewayId'), RefAttachment: ref('Gateway') },
    );
    expect(values.IdAttachment).toMatch(/^igw-/);
    expect(values.RefAttachment).toBe(values.IdAttachment);
  });

  it('test_vpc_gateway_attachment: Ref of the attachment names kind and VPC (virtual private gateways: not simulated)', async () => {
    const { Vpc, Gateway, Attachment } = NETWORK;
    const { values } = await deploy({ Vpc, Gateway, Attachment }, { Vpc: ref('Vpc'), Attachment: ref('Attachment') });
    expect(values.Attachment).toBe(`IGW|${values.Vpc}`);
  });

  it('test_ec2_security_group_id_with_vpc: Ref is the id with a VPC and the name without', async () => {
    const group = (rest: object) => ({
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'either', ...rest },
    });
    const { values } = await deploy(
      {
        Vpc: NETWORK.Vpc,
        With: group({ VpcId: ref('Vpc'), GroupName: 'with' }),
        Without: group({ GroupName: 'without' }),
      },
      {
        WithRef: ref('With'),
        WithId: att('With', 'GroupId'),
        WithoutRef: ref('Without'),
        WithoutId: att('Without', 'GroupId'),
      },
    );
    expect(values.WithRef).toBe(values.WithId);
    expect(values.WithoutId).toMatch(/^sg-/);
    expect(values.WithoutRef).toBe('without');
  });

  it.each([
    ['test_vpc_with_route_table', '100.0.0.0/20'],
    ['test_simple_route_table_creation', '10.0.0.0/16'],
    ['test_simple_route_table_creation_without_vpc', '10.0.0.0/16'],
  ])('%s: a table has the local route, no association, and the tags of template and stack', async (_, CidrBlock) => {
    const { ec2, values } = await deploy(
      {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } },
        RouteTable: NETWORK.PublicTable,
      },
      { Table: ref('RouteTable'), Vpc: ref('Vpc') },
    );
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [values.Table!] }));
    expect(RouteTables).toEqual([
      {
        Associations: [],
        OwnerId: '000000000000',
        PropagatingVgws: [],
        RouteTableId: values.Table,
        Routes: [
          {
            DestinationCidrBlock: CidrBlock,
            GatewayId: 'local',
            Origin: 'CreateRouteTable',
            State: 'active',
          },
        ],
        Tags: expect.arrayContaining([
          { Key: 'env', Value: 'production' },
          { Key: 'aws:cloudformation:logical-id', Value: 'RouteTable' },
          { Key: 'aws:cloudformation:stack-id', Value: expect.stringContaining(':stack/net/') },
          { Key: 'aws:cloudformation:stack-name', Value: 'net' },
        ]),
        VpcId: values.Vpc,
      },
    ]);
  });

  it('test_cfn_with_multiple_route_table_associations: one table serves two subnets', async () => {
    const { Vpc, PublicA, PublicB, PublicTable, PublicAssociation, PublicAssociationB } = NETWORK;
    const { ec2, values } = await deploy(
      { Vpc, PublicA, PublicB, PublicTable, PublicAssociation, PublicAssociationB },
      { Table: ref('PublicTable'), A: ref('PublicA'), B: ref('PublicB') },
    );
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [values.Table!] }));
    const associated = (SubnetId: string | undefined) => ({
      AssociationState: { State: 'associated' },
      Main: false,
      RouteTableAssociationId: expect.stringMatching(/^rtbassoc-/),
      RouteTableId: values.Table,
      SubnetId,
    });
    expect(RouteTables?.[0]?.Associations).toHaveLength(2);
    expect(RouteTables?.[0]?.Associations).toEqual(
      expect.arrayContaining([associated(values.A), associated(values.B)]),
    );
  });
});

describe('an update of a security group', () => {
  it('takes back rules that the template no longer has, in place', async () => {
    const { sandbox, cloudformation, ec2, values } = await deploy(
      { Vpc: NETWORK.Vpc, Balancers: NETWORK.Balancers },
      { Group: ref('Balancers') },
    );
    const look = async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [values.Group!] }))).SecurityGroups![0]!;
    expect(await look()).toMatchObject({
      GroupName: expect.stringMatching(/^net-Balancers-/),
      IpPermissions: [{ FromPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });

    const rule = { IpProtocol: 'tcp', FromPort: '443', ToPort: '443', CidrIp: '10.0.0.0/16', Description: 'inside' };
    const Properties = { ...NETWORK.Balancers.Properties, SecurityGroupIngress: [rule] };
    const Resources = { Vpc: NETWORK.Vpc, Balancers: { ...NETWORK.Balancers, Properties } };
    await cloudformation.send(
      new UpdateStackCommand({ StackName: 'net', TemplateBody: JSON.stringify({ Resources }) }),
    );
    await sandbox.settle();
    expect((await look()).IpPermissions).toEqual([
      expect.objectContaining({ FromPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'inside' }] }),
    ]);
  });
});
