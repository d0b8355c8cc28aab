import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { createNetworkInterfaceFor, deleteNetworkInterfaceOf } from './network-interfaces.ts';

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

describe('a VPC of EC2', () => {
  it('starts an account with a default VPC that counts against the quota of five (F-134)', async () => {
    const { ec2 } = await start();
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }));
    expect(Vpcs).toMatchObject([{ CidrBlock: '172.31.0.0/16', IsDefault: true, State: 'available' }]);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    expect(Subnets?.map(({ AvailabilityZone, CidrBlock }) => [AvailabilityZone, CidrBlock])).toEqual([
      ['us-east-1a', '172.31.0.0/20'],
      ['us-east-1b', '172.31.16.0/20'],
      ['us-east-1c', '172.31.32.0/20'],
      ['us-east-1d', '172.31.48.0/20'],
      ['us-east-1e', '172.31.64.0/20'],
      ['us-east-1f', '172.31.80.0/20'],
    ]);

    for (let more = 0; more < 4; more += 1) await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    await expect(ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).rejects.toMatchObject({
      name: 'VpcLimitExceeded',
      message: 'The maximum number of VPCs has been reached.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses subnets that overlap (F-12), lie outside or have a malformed block', async () => {
    const { ec2 } = await start();
    const { VpcId } = await network(ec2);
    const refused = (CidrBlock: string) => expect(ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))).rejects;
    await refused('10.0.0.128/25').toMatchObject({
      name: 'InvalidSubnet.Conflict',
      message: "The CIDR '10.0.0.128/25' conflicts with another subnet",
    });
    await refused('10.1.0.0/24').toMatchObject({
      name: 'InvalidSubnet.Range',
      message: "The CIDR '10.1.0.0/24' is invalid.",
    });
    await refused('10.0.1.0/29').toMatchObject({ name: 'InvalidSubnet.Range' });
    await refused('10.0.1').toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Value (10.0.1) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    });
    await expect(
      ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1x' })),
    ).rejects.toMatchObject({
      message:
        'Value (us-east-1x) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.',
    });
  });

  it('keeps a network whose parts are in use (F-138)', async () => {
    const { sandbox, ec2 } = await start();
    const { VpcId, SubnetId } = await network(ec2);
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'tasks', Description: 'tasks', VpcId }),
    );
    const eni = await sandbox.world.transaction(() =>
      createNetworkInterfaceFor(sandbox.scope, { subnetId: SubnetId, groupIds: [GroupId], description: 'a task' }),
    );
    expect(eni.PrivateIpAddress).toBe('10.0.0.4');
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
    expect(Subnets?.[0]?.AvailableIpAddressCount).toBe(250);

    await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
    });
    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
      message: `The subnet '${SubnetId}' has dependencies and cannot be deleted.`,
    });
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `resource ${GroupId} has a dependent object`,
    });

    await sandbox.world.transaction(() => deleteNetworkInterfaceOf(sandbox.scope, eni.NetworkInterfaceId));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
    await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
      message: `The vpc ID '${VpcId}' does not exist`,
    });
  });

  it('says with DryRun what it would do, and does not do it', async () => {
    const { ec2 } = await start();
    await expect(ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun: true }))).rejects.toMatchObject({
      name: 'DryRunOperation',
      $metadata: { httpStatusCode: 412 },
    });
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(1);
  });
});

describe('the way to the internet', () => {
  it('brings a NAT gateway up in minutes, holds its address, and blackholes routes when it goes', async () => {
    const { sandbox, ec2 } = await start();
    sandbox.world.pause();
    const { VpcId, SubnetId } = await network(ec2);
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway!.InternetGatewayId!;
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    const NatGatewayId = NatGateway!.NatGatewayId!;
    expect(NatGateway).toMatchObject({ State: 'pending', ConnectivityType: 'public' });
    const state = async () =>
      (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId] }))).NatGateways?.[0]?.State;

    await sandbox.advance(60_000);
    expect(await state()).toBe('pending');
    await sandbox.advance(60_000);
    expect(await state()).toBe('available');

    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable!.RouteTableId!;
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId }));
    await expect(
      ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId })),
    ).rejects.toMatchObject({
      name: 'RouteAlreadyExists',
      message: 'The route identified by 0.0.0.0/0 already exists.',
    });
    await expect(ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }))).rejects.toMatchObject({
      message: `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    });
    await expect(ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      name: 'InvalidIPAddress.InUse',
    });

    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect(await state()).toBe('deleting');
    await sandbox.advance(60_000);
    expect(await state()).toBe('deleted');
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
    expect(RouteTables?.[0]?.Routes?.map(({ State }) => State)).toEqual(['active', 'blackhole']);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
  });

  it('fails a NAT gateway in a network without an internet gateway', async () => {
    const { sandbox, ec2 } = await start();
    const { VpcId, SubnetId } = await network(ec2);
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    await sandbox.settle();
    expect((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways).toMatchObject([
      {
        State: 'failed',
        FailureCode: 'Gateway.NotAttached',
        FailureMessage: `Network ${VpcId} has no Internet gateway attached`,
      },
    ]);
  });

  it('gives five Elastic IPs and no more (F-134)', async () => {
    const { ec2 } = await start();
    for (let count = 0; count < 5; count += 1) await ec2.send(new AllocateAddressCommand({}));
    await expect(ec2.send(new AllocateAddressCommand({}))).rejects.toMatchObject({
      name: 'AddressLimitExceeded',
      message: 'The maximum number of addresses has been reached.',
    });
    expect((await ec2.send(new DescribeAddressesCommand({}))).Addresses).toHaveLength(5);
  });
});
