import {
  DeleteNatGatewayCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import {
  DeleteRuleCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../../../sandbox/services/ecs/runtime/behaviours.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { rollOut } from '../../../testing/sick-services.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { ecsServices, scaleTo, twoServices } from '../../../testing/two-services.ts';

const start = () => startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });

describe('tasks', () => {
  it('service-tasks: healthy where as many run as should, scaled by hand or paused too; rollouts: healthy where the newest has stayed; network: healthy where fresh tasks would reach what they need (not F-150)', async () => {
    const project = await start();
    const run = await checked(project, 'service-tasks rollouts network');
    expect(run.checks).toMatchObject([
      { id: 'service-tasks', status: 'ok', detail: '2 tasks of 2 services' },
      { id: 'rollouts', status: 'ok' },
      { id: 'network', status: 'ok' },
    ]);
    await scaleTo(project, 'worker', 3);
    expect((await checked(project, 'service-tasks')).checks).toMatchObject([{ detail: '4 tasks of 2 services' }]);
    await project.succeed('pause worker --env dev --sandbox --yes');
    expect((await checked(project, 'service-tasks rollouts')).checks).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
    ]);
  });

  it('service-tasks: sick where the load balancer is answered with 404 (F-64): path and code are named', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '*', { http: { answer: { kind: 'status', code: 404 } } });
    const { clusterArn: cluster, serviceName } = (await ecsServices(project)).web!;
    const ecs = project.aws.client(ECSClient);
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster, serviceName }));
    await ecs.send(new StopTaskCommand({ cluster, task: taskArns![0]! }));
    await project.aws.advance(240_000);
    const run = await checked(project, 'service-tasks');
    expect(run.exitCode).toBe(1);
    expect(run.checks).toMatchObject([
      {
        subject: 'services.web',
        severity: 'error',
        failure: 'F-64',
        evidence: [{ value: expect.stringContaining('404') }, { read: expect.stringContaining('HealthCheckPath') }],
      },
    ]);
  });

  it('service-tasks: sick where no listener leads to its target group any more (F-67), though its tasks run', async () => {
    const project = await start();
    const elb = project.aws.client(ElasticLoadBalancingV2Client);
    const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({}));
    const { Listeners } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn! }),
    );
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: Listeners![0]!.ListenerArn! }));
    for (const { IsDefault, RuleArn } of Rules!) if (!IsDefault) await elb.send(new DeleteRuleCommand({ RuleArn }));
    await project.aws.advance(60_000);
    expect((await checked(project, 'service-tasks')).checks).toMatchObject([
      { subject: 'services.web', failure: 'F-67', severity: 'error' },
    ]);
  });

  it('rollouts: sick where the circuit breaker took one back: the cause is what its tasks said (F-44), and a key is no plain text (F-47)', async () => {
    const project = await start();
    const push = (SecretString: string) =>
      project.aws
        .client(SecretsManagerClient)
        .send(new PutSecretValueCommand({ SecretId: 'demo/dev/app', SecretString }));
    await push('{"SIGNING_KEY":"canary-1"}');
    await rollOut(project, 'worker');
    const run = await checked(project, 'rollouts');
    expect(run).toMatchObject({
      exitCode: 0,
      checks: [
        {
          subject: 'services.worker',
          severity: 'warning',
          failure: 'F-44',
          detail: 'secret demo/dev/app has no key API_KEY',
          evidence: [
            { call: 'ecs:DescribeTasks', read: 'tasks[0].stoppedReason' },
            { call: 'secretsmanager:GetSecretValue', value: '["SIGNING_KEY"]' },
          ],
          remedy: expect.stringContaining('platform secrets push --env dev --sandbox'),
        },
      ],
    });
    expect(JSON.stringify(run)).not.toContain('canary');
  });

  it('rollouts: sick where containers end by themselves (F-50), and well again after one that stays', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '*', { exit: { code: 3, afterMs: 1_000 } });
    await rollOut(project, 'worker');
    expect((await checked(project, 'rollouts')).checks).toMatchObject([
      { subject: 'services.worker', failure: 'F-50', severity: 'warning' },
    ]);
    setBehaviour(project.aws.scope, '*', {});
    await rollOut(project, 'worker');
    expect((await checked(project, 'rollouts service-tasks')).checks).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
    ]);
  });
});

describe('network', () => {
  /** A project whose tasks stand behind a NAT gateway. */
  const behindNat = () =>
    startDeployed({
      yaml: twoServices().replace('nat: none', 'nat: { gateways: 1 }'),
      sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
    });

  it('network: sick where the way out is gone (F-45): tasks that run do not notice; the hop is named', async () => {
    const project = await behindNat();
    expect((await checked(project, 'network')).checks).toMatchObject([{ status: 'ok' }]);
    const ec2 = project.aws.client(EC2Client);
    const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({}));
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateways![0]!.NatGatewayId! }));
    await project.aws.settle();
    const run = await checked(project, 'network service-tasks');
    expect(run.exitCode).toBe(1);
    expect(run.checks[0]).toMatchObject({ id: 'service-tasks', status: 'ok' });
    expect(run.checks.slice(1)).toMatchObject([
      { subject: 'services.web', failure: 'F-45', detail: expect.stringContaining('NAT gateway') },
      { subject: 'services.worker', failure: 'F-45' },
    ]);
  });

  it('network: sick where the tasks may not go out (F-45), of one service alone', async () => {
    const project = await start();
    const ec2 = project.aws.client(EC2Client);
    const { securityGroups } = (await ecsServices(project)).worker!.networkConfiguration!.awsvpcConfiguration!;
    const [GroupId] = securityGroups!;
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId!] }] }),
    );
    const SecurityGroupRuleIds = SecurityGroupRules!.flatMap(({ IsEgress, SecurityGroupRuleId }) =>
      IsEgress ? [SecurityGroupRuleId!] : [],
    );
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: GroupId!, SecurityGroupRuleIds }));
    expect((await checked(project, 'network')).checks).toMatchObject([
      {
        subject: 'services.worker',
        failure: 'F-45',
        evidence: [{ call: 'ec2:DescribeSecurityGroupRules' }],
        remedy: expect.stringContaining('aws ec2 authorize-security-group-egress'),
      },
    ]);
  });
});
