import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupInput,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { createNetworkInterfaceFor } from '../ec2/network-interfaces.ts';
import { hasLoadBalancer } from './in-use.ts';
import { type Answer, setTargetBehaviour } from './target-behaviour.ts';

/** A network of two zones, its load balancer up, a listener that answers 404, and a way to put a program behind it. */
async function start() {
  const sandbox = await startSandbox();
  const ec2 = sandbox.client(EC2Client);
  const elb = sandbox.client(ElasticLoadBalancingV2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc!.VpcId!;
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: InternetGateway!.InternetGatewayId! }));
  const subnet = async (CidrBlock: string, AvailabilityZone: string) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet!.SubnetId!;
  const Subnets = [await subnet('10.0.0.0/24', 'us-east-1a'), await subnet('10.0.1.0/24', 'us-east-1b')];
  const group = async (GroupName: string) =>
    (await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }))).GroupId!;
  const [balancerGroup, taskGroup] = [await group('balancer'), await group('tasks')];
  const fromBalancer = {
    GroupId: taskGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, UserIdGroupPairs: [{ GroupId: balancerGroup }] },
    ],
  };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(fromBalancer));

  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets, SecurityGroups: [balancerGroup] }),
  );
  const LoadBalancerArn = LoadBalancers![0]!.LoadBalancerArn!;
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  const ListenerArn = Listeners![0]!.ListenerArn!;

  return {
    sandbox,
    ec2,
    elb,
    VpcId,
    Subnets,
    LoadBalancerArn,
    ListenerArn,
    balancerGroup,
    fromBalancer,
    async targetGroup(settings: Partial<CreateTargetGroupInput> = {}) {
      const { TargetGroups } = await elb.send(
        new CreateTargetGroupCommand({
          Name: 'web',
          Protocol: 'HTTP',
          Port: 8000,
          VpcId,
          TargetType: 'ip',
          HealthCheckPath: '/health',
          ...settings,
        }),
      );
      return TargetGroups![0]!.TargetGroupArn!;
    },
    rule: (TargetGroupArn: string, Priority = 10) =>
      elb.send(
        new CreateRuleCommand({
          ListenerArn,
          Priority,
          Conditions: [{ Field: 'host-header', Values: ['shop.example.com'] }],
          Actions: [{ Type: 'forward', TargetGroupArn }],
        }),
      ),
    /** A program on 8000 with an interface of its own; answers with its address. */
    program: (answer: Answer, paths: Record<string, Answer> = {}) =>
      sandbox.world.transaction(() => {
        const eni = createNetworkInterfaceFor(sandbox.scope, {
          subnetId: Subnets[0]!,
          groupIds: [taskGroup],
          description: 'a task',
        });
        const address = eni.PrivateIpAddress;
        setTargetBehaviour(sandbox.scope, { address, port: 8000, behaviour: { answer, paths } });
        return address;
      }),
    change: (address: string, answer: Answer) =>
      sandbox.world.transaction(() =>
        setTargetBehaviour(sandbox.scope, { address, port: 8000, behaviour: { answer } }),
      ),
    async health(TargetGroupArn: string) {
      const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      return TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth);
    },
  };
}

const ok: Answer = { kind: 'status', code: 200 };

describe('target health', () => {
  it('goes from unused over initial to healthy, and stands still then', async () => {
    const { sandbox, elb, targetGroup, rule, program, health } = await start();
    const TargetGroupArn = await targetGroup();
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: await program(ok) }] }));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toEqual([
      {
        State: 'unused',
        Reason: 'Target.NotInUse',
        Description: 'Target group is not configured to receive traffic from the load balancer',
      },
    ]);

    sandbox.world.pause();
    await rule(TargetGroupArn);
    expect(await health(TargetGroupArn)).toMatchObject([{ State: 'initial', Reason: 'Elb.RegistrationInProgress' }]);
    await sandbox.advance(5_000);
    expect(await health(TargetGroupArn)).toMatchObject([
      { State: 'initial', Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' },
    ]);
    await sandbox.advance(5_000);
    expect(await health(TargetGroupArn)).toEqual([{ State: 'healthy' }]);
    expect(sandbox.world.busy).toBe(false);
  });

  it.each<[string, Answer, object]>([
    [
      'the code that was not expected (F-64)',
      { kind: 'status', code: 404 },
      { Reason: 'Target.ResponseCodeMismatch', Description: 'Health checks failed with these codes: [404]' },
    ],
    ['silence (F-66)', { kind: 'timeout' }, { Reason: 'Target.Timeout', Description: 'Request timed out' }],
    [
      'a closed port',
      { kind: 'refused' },
      { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' },
    ],
  ])('names %s', async (_, answer, expected) => {
    const { sandbox, elb, targetGroup, rule, program, health } = await start();
    const TargetGroupArn = await targetGroup();
    await rule(TargetGroupArn);
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: await program(answer) }] }));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toEqual([{ State: 'unhealthy', ...expected }]);
  });

  it('follows a program that breaks and recovers, by the thresholds of the group', async () => {
    const { sandbox, elb, targetGroup, rule, program, change, health } = await start();
    const TargetGroupArn = await targetGroup({ HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 3 });
    await rule(TargetGroupArn);
    const address = await program(ok);
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: address }] }));
    await sandbox.settle();

    sandbox.world.pause();
    await change(address, { kind: 'status', code: 500 });
    await sandbox.advance(10_000);
    expect(await health(TargetGroupArn)).toEqual([{ State: 'healthy' }]);
    await sandbox.advance(10_000);
    expect(await health(TargetGroupArn)).toMatchObject([{ State: 'unhealthy' }]);
    await change(address, ok);
    await sandbox.advance(20_000);
    expect(await health(TargetGroupArn)).toMatchObject([{ State: 'unhealthy' }]);
    await sandbox.advance(10_000);
    expect(await health(TargetGroupArn)).toEqual([{ State: 'healthy' }]);
  });

  it('sees security groups, and paths that change with the group (F-64, F-66)', async () => {
    const { sandbox, ec2, elb, targetGroup, rule, program, fromBalancer, health } = await start();
    const TargetGroupArn = await targetGroup();
    await rule(TargetGroupArn);
    const address = await program({ kind: 'status', code: 404 }, { '/health': ok });
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: address }] }));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toEqual([{ State: 'healthy' }]);

    await ec2.send(new RevokeSecurityGroupIngressCommand(fromBalancer));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toMatchObject([{ State: 'unhealthy', Reason: 'Target.Timeout' }]);
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(fromBalancer));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toEqual([{ State: 'healthy' }]);

    await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: '/health/' }));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toMatchObject([{ Reason: 'Target.ResponseCodeMismatch' }]);
  });

  it('drains a target for its delay and then forgets it', async () => {
    const { sandbox, elb, targetGroup, rule, program, health } = await start();
    const TargetGroupArn = await targetGroup();
    await rule(TargetGroupArn);
    const Targets = [{ Id: await program(ok) }];
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    await sandbox.settle();
    sandbox.world.pause();
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    expect(await health(TargetGroupArn)).toEqual([
      {
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      },
    ]);
    await sandbox.advance(300_000);
    expect(await health(TargetGroupArn)).toEqual([]);
    const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
    expect(TargetHealthDescriptions?.[0]?.TargetHealth?.Reason).toBe('Target.NotRegistered');
  });
});

describe('load balancers', () => {
  it('take minutes to come up, and hold their subnets and groups until their interfaces are gone (F-138)', async () => {
    const { sandbox, ec2, elb, LoadBalancerArn, balancerGroup, fromBalancer } = await start();
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
    const { elb, Subnets, ec2, VpcId } = await start();
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
    const { sandbox, elb, targetGroup, rule, ListenerArn, LoadBalancerArn } = await start();
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
    const { elb, targetGroup, rule } = await start();
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
