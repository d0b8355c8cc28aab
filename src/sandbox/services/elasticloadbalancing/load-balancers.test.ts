import {
  CreateSubnetCommand,
  DeleteSecurityGroupCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ModifyLoadBalancerAttributesCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { balancerScene } from './balancer-scene.ts';
import { hasLoadBalancer } from './in-use.ts';

describe('load balancers', () => {
  it('take minutes to come up, and hold their subnets and groups until their interfaces are gone (F-138)', async () => {
    const { sandbox, ec2, elb, LoadBalancerArn, balancerGroup, fromBalancer } = await balancerScene();
    await ec2.send(new RevokeSecurityGroupIngressCommand(fromBalancer));
    const look = async () =>
      (await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }))).LoadBalancers?.[0];
    await sandbox.settle();
    expect(await look()).toMatchObject({
      State: { Code: 'active' },
      DNSName: expect.stringMatching(/^web-\d+\.us-east-1\.elb\.amazonaws\.com$/),
      CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
    });

    await elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
      }),
    );
    await expect(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toMatchObject({
      name: 'OperationNotPermittedException',
      message: `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    });
    await elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
      }),
    );
    sandbox.world.pause();
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId: balancerGroup }))).rejects.toMatchObject({
      message: `resource ${balancerGroup} has a dependent object`,
    });
    await sandbox.settle();
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: balancerGroup }));
  });

  it('want two zones, one subnet each', async () => {
    const { elb, Subnets, ec2, VpcId } = await balancerScene();
    const create = (subnetIds: string[]) =>
      expect(elb.send(new CreateLoadBalancerCommand({ Name: 'other', Subnets: subnetIds }))).rejects;
    await create([Subnets[0]!]).toMatchObject({
      name: 'ValidationError',
      message: 'At least two subnets in two different Availability Zones must be specified',
    });
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.2.0/24', AvailabilityZone: 'us-east-1a' }),
    );
    await create([Subnets[0]!, Subnet!.SubnetId!]).toMatchObject({
      name: 'InvalidConfigurationRequestException',
      message: 'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    });
  });

  it('refuse a priority and a port in use, and keep a group that is used (F-67, F-68)', async () => {
    const { sandbox, elb, targetGroup, rule, ListenerArn, LoadBalancerArn } = await balancerScene();
    const TargetGroupArn = await targetGroup();
    expect(hasLoadBalancer(sandbox.scope, TargetGroupArn)).toBe(false);
    const { Rules } = await rule(TargetGroupArn, 200);
    expect(hasLoadBalancer(sandbox.scope, TargetGroupArn)).toBe(true);
    await expect(rule(TargetGroupArn, 200)).rejects.toMatchObject({
      name: 'PriorityInUseException',
      message: "Priority '200' is currently in use",
    });
    await expect(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`,
    });
    await expect(
      elb.send(
        new CreateListenerCommand({
          LoadBalancerArn,
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn }],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'DuplicateListenerException',
      message: `A listener already exists on this port for this load balancer '${LoadBalancerArn}'`,
    });

    await rule(TargetGroupArn, 7);
    const priorities = async () =>
      (await elb.send(new DescribeRulesCommand({ ListenerArn }))).Rules?.map(({ Priority }) => Priority);
    expect(await priorities()).toEqual(['7', '200', 'default']);
    await elb.send(new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn: Rules![0]!.RuleArn, Priority: 3 }] }));
    expect(await priorities()).toEqual(['3', '7', 'default']);
  });

  it('answer the same group for the same name, and refuse other settings (F-74)', async () => {
    const { elb, targetGroup, rule } = await balancerScene();
    const arn = await targetGroup();
    expect(await targetGroup()).toBe(arn);
    await expect(targetGroup({ Port: 9000 })).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
      message: "A target group with the same name 'web' exists, but with different settings",
    });
    await expect(targetGroup({ Name: 'a'.repeat(33) })).rejects.toMatchObject({
      message: `Target group name '${'a'.repeat(33)}' cannot be longer than '32' characters`,
    });
    await expect(targetGroup({ Name: 'slow', HealthCheckTimeoutSeconds: 30 })).rejects.toMatchObject({
      message: "Health check timeout '30' must be smaller than the interval '30'",
    });
    const { Rules } = await rule(arn);
    await elb.send(new DeleteRuleCommand({ RuleArn: Rules![0]!.RuleArn! }));
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
    await expect(elb.send(new DescribeTargetGroupsCommand({ Names: ['web'] }))).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
      message: 'One or more target groups not found',
    });
  });
});
