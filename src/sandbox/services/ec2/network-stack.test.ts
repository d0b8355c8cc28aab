import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';

import { deploy, NETWORK, OUTPUTS, subnet } from './network-scene.ts';

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
