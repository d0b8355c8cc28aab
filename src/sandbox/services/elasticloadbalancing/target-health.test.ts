import { AuthorizeSecurityGroupIngressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { balancerScene } from './balancer-scene.ts';
import type { Answer } from './target-behaviour.ts';

const ok: Answer = { kind: 'status', code: 200 };

describe('target health', () => {
  it('goes from unused over initial to healthy, and stands still then', async () => {
    const { sandbox, elb, targetGroup, rule, program, health } = await balancerScene();
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
    const { sandbox, elb, targetGroup, rule, program, health } = await balancerScene();
    const TargetGroupArn = await targetGroup();
    await rule(TargetGroupArn);
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: await program(answer) }] }));
    await sandbox.settle();
    expect(await health(TargetGroupArn)).toEqual([{ State: 'unhealthy', ...expected }]);
  });

  it('follows a program that breaks and recovers, by the thresholds of the group', async () => {
    const { sandbox, elb, targetGroup, rule, program, change, health } = await balancerScene();
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
    const { sandbox, ec2, elb, targetGroup, rule, program, fromBalancer, health } = await balancerScene();
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
    const { sandbox, elb, targetGroup, rule, program, health } = await balancerScene();
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
