import {
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const start = async () => {
  const sandbox = await startSandbox();
  const ec2 = sandbox.client(EC2Client);
  return { sandbox, ec2 };
};

async function network(ec2: EC2Client) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc!.VpcId!;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  return { VpcId, SubnetId: Subnet!.SubnetId! };
}

describe('security groups of EC2', () => {
  it('refuse a rule they have, and one they do not have', async () => {
    const { ec2 } = await start();
    const { VpcId } = await network(ec2);
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId }));
    const https = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    const { SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: https }),
    );
    expect(SecurityGroupRules).toMatchObject([{ IsEgress: false, CidrIpv4: '0.0.0.0/0', FromPort: 443 }]);
    await expect(
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: https })),
    ).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
    });
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId!] }));
    expect(SecurityGroups).toMatchObject([
      {
        IpPermissions: [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
    const { SecurityGroupRules: all } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId!] }] }),
    );
    expect(all).toHaveLength(2);

    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: https }));
    await expect(
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: https })),
    ).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
  });

  it('count CloudFront’s prefix list as 55 of 60 rules', async () => {
    const { ec2 } = await start();
    const { VpcId } = await network(ec2);
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'edge', Description: 'edge', VpcId }),
    );
    const allow = (port: number, PrefixListIds: { PrefixListId: string }[], IpRanges: { CidrIp: string }[] = []) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, PrefixListIds, IpRanges }],
        }),
      );
    await allow(443, [{ PrefixListId: 'pl-3b927c52' }]);
    await expect(allow(80, [{ PrefixListId: 'pl-3b927c52' }])).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
  });
});

describe('VPC endpoints', () => {
  it('route to a gateway at once, and take minutes to put interfaces into subnets', async () => {
    const { sandbox, ec2 } = await start();
    sandbox.world.pause();
    const { VpcId, SubnetId } = await network(ec2);
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable!.RouteTableId!;
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const gateway = await ec2.send(
      new CreateVpcEndpointCommand({ VpcId, ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: [RouteTableId] }),
    );
    expect(gateway.VpcEndpoint?.State).toBe('available');
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
    expect(RouteTables?.[0]?.Routes?.[1]).toMatchObject({
      DestinationPrefixListId: 'pl-63a5400a',
      GatewayId: gateway.VpcEndpoint?.VpcEndpointId,
    });

    const secrets = {
      VpcId,
      ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
      VpcEndpointType: 'Interface',
      SubnetIds: [SubnetId],
    } as const;
    await expect(ec2.send(new CreateVpcEndpointCommand({ ...secrets, SubnetIds: [SubnetId] }))).rejects.toMatchObject({
      name: 'InvalidParameter',
      message: `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${VpcId}`,
    });
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({ ...secrets, SubnetIds: [SubnetId], PrivateDnsEnabled: false }),
    );
    const VpcEndpointIds = [VpcEndpoint!.VpcEndpointId!];
    expect(VpcEndpoint?.State).toBe('pending');
    await sandbox.settle();
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds }));
    expect(VpcEndpoints?.[0]?.State).toBe('available');
    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });

    expect((await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }))).Unsuccessful).toEqual([]);
    await sandbox.settle();
    expect((await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces).toEqual([]);
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  });
});
