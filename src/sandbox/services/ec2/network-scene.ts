import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { startSandbox } from '../../../testing/start-sandbox.ts';

export const ref = (Ref: string) => ({ Ref });
export const att = (...path: string[]) => ({ 'Fn::GetAtt': path });
const tagged = [{ Key: 'env', Value: 'production' }];

/** A network as our stacks make one: two zones, public and private, a NAT gateway, endpoints, and a load balancer. */
export const NETWORK = {
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

export const OUTPUTS = {
  Vpc: ref('Vpc'),
  DefaultGroup: att('Vpc', 'DefaultSecurityGroup'),
  Attachment: ref('Attachment'),
  Address: ref('Address'),
  GroupName: att('Group', 'TargetGroupFullName'),
  Balancer: att('Balancer', 'LoadBalancerFullName'),
  Dns: att('Balancer', 'DNSName'),
  Listener: att('Listener', 'ListenerArn'),
};

export function subnet(CidrBlock: string, AvailabilityZone: string, MapPublicIpOnLaunch: boolean) {
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

export async function deploy(Resources: object, outputs: Record<string, object> = {}) {
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
