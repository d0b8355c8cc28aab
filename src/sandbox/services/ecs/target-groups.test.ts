import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { setBehaviour } from './runtime/behaviours.ts';
import { targetGroupScene } from './target-group-scene.ts';

const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } };

const statesOf = async (elb: ElasticLoadBalancingV2Client, TargetGroupArn: string) => {
  const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!.State);
};

describe('a service behind a load balancer', () => {
  it('is steady once its targets are healthy, and drains the old ones when it changes', async () => {
    const { createService, ecs, elb, forward, loadBalancers, register, service, settle, targetGroupArn, world } =
      await targetGroupScene();
    await forward();
    await register();
    await createService({ loadBalancers });
    await settle();
    expect(await service()).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(await statesOf(elb, targetGroupArn)).toEqual(['healthy', 'healthy']);

    const taskDefinition = await register();
    const begun = world.clock.now();
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', taskDefinition }));
    await settle();
    const { deployments, events } = await service();
    expect(deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }]);
    expect(world.clock.now() - begun).toBeGreaterThan(60_000);
    const said = events!.map(({ message }) => message);
    expect(said).toContain(`(service web) registered 1 targets in (target-group ${targetGroupArn})`);
    expect(said).toContain(`(service web) deregistered 1 targets in (target-group ${targetGroupArn})`);
    expect(said).toContainEqual(
      expect.stringMatching(/^\(service web, taskSet ecs-svc\/\d+\) has begun draining connections on 1 tasks\.$/),
    );
  });

  it('replaces tasks that fail its health checks, until the circuit breaker ends it (F-64)', async () => {
    const { createService, forward, loadBalancers, register, scope, service, settle, targetGroupArn, tasks } =
      await targetGroupScene();
    await forward();
    await register();
    setBehaviour(scope, 'web', {
      http: { answer: { kind: 'status', code: 200 }, paths: { '/health': { kind: 'status', code: 404 } } },
    });
    await createService({ desiredCount: 1, loadBalancers, deploymentConfiguration: BREAKER });
    await settle();
    const { deployments, events } = await service();
    expect(deployments).toMatchObject([{ rolloutState: 'FAILED', failedTasks: 3 }]);
    expect(events!.map(({ message }) => message!.replace(/task [0-9a-f]{32}/, 'task …'))).toContain(
      `(service web) (task …) (port 8000) is unhealthy in (target-group ${targetGroupArn}) due to (reason Health checks failed with these codes: [404]).`,
    );
    expect((await tasks('STOPPED')).map(({ stopCode, stoppedReason }) => `${stopCode}: ${stoppedReason}`)).toEqual(
      Array(3).fill(`ServiceSchedulerInitiated: Task failed ELB health checks in (target-group ${targetGroupArn})`),
    );
  });

  it('leaves a slow start alone during the grace period', async () => {
    const slow = { http: { answer: { kind: 'status', code: 200 }, readyAfterMs: 120_000 } } as const;
    const impatient = await targetGroupScene();
    await impatient.forward();
    await impatient.register();
    setBehaviour(impatient.scope, 'web', slow);
    await impatient.createService({
      desiredCount: 1,
      loadBalancers: impatient.loadBalancers,
      deploymentConfiguration: BREAKER,
    });
    await impatient.settle();
    expect((await impatient.service()).deployments![0]!.rolloutState).toBe('FAILED');

    const patient = await targetGroupScene();
    await patient.forward();
    await patient.register();
    setBehaviour(patient.scope, 'web', slow);
    const { loadBalancers } = patient;
    await patient.createService({
      desiredCount: 1,
      loadBalancers,
      healthCheckGracePeriodSeconds: 180,
      deploymentConfiguration: BREAKER,
    });
    await patient.settle();
    expect((await patient.service()).deployments![0]).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 });
  });

  it('is refused while no load balancer leads to its target group (F-67)', async () => {
    const { createService, loadBalancers, register, targetGroupArn } = await targetGroupScene();
    await register();
    expect(await answerOf(createService({ loadBalancers }))).toEqual(
      refusal(
        'InvalidParameterException',
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
      ),
    );
  });

  it('is refused with a container or port that its task definition lacks, or another target type', async () => {
    const { createService, forward, loadBalancers, register, targetGroupArn } = await targetGroupScene({
      TargetType: 'instance',
    });
    await forward();
    await register();
    const [balancer] = loadBalancers;
    expect(await answerOf(createService({ loadBalancers: [{ ...balancer, containerName: 'api' }] }))).toEqual(
      refusal('InvalidParameterException', 'The container api does not exist in the task definition.'),
    );
    expect(await answerOf(createService({ loadBalancers: [{ ...balancer, containerPort: 80 }] }))).toEqual(
      refusal('InvalidParameterException', 'The container web did not have a container port 80 defined.'),
    );
    expect(await answerOf(createService({ loadBalancers }))).toEqual(
      refusal(
        'InvalidParameterException',
        `The provided target group ${targetGroupArn} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
      ),
    );
  });
});

describe('the health check of a container', () => {
  const healthCheck = { command: ['CMD-SHELL', 'curl -f localhost:8000'], interval: 10, retries: 2, startPeriod: 20 };

  it('lets the service be steady, or has the task replaced (F-51)', async () => {
    const { createService, register, scope, service, settle, tasks } = await targetGroupScene();
    await register({ containerDefinitions: [{ healthCheck }] });
    await createService({ desiredCount: 1 });
    await settle();
    expect((await tasks())[0]).toMatchObject({ healthStatus: 'HEALTHY', containers: [{ healthStatus: 'HEALTHY' }] });

    setBehaviour(scope, 'sick', { health: 'UNHEALTHY' });
    await register({ family: 'sick', containerDefinitions: [{ healthCheck }] });
    await createService({
      serviceName: 'sick',
      taskDefinition: 'sick',
      desiredCount: 1,
      deploymentConfiguration: BREAKER,
    });
    await settle();
    expect((await service('sick')).deployments![0]!.rolloutState).toBe('FAILED');
    expect((await tasks('STOPPED'))[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
  });
});

describe('deployment percentages', () => {
  it('stop one task before they start another when no more may run', async () => {
    const { createService, ecs, register, service, settle, tasks, world } = await targetGroupScene();
    await register();
    await createService({
      desiredCount: 2,
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 50 },
    });
    await settle();
    const taskDefinition = await register();
    world.pause();
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', taskDefinition }));
    let most = 0;
    let least = 2;
    while (world.busy) {
      await world.advance(1_000);
      const alive = await tasks();
      most = Math.max(most, alive.length);
      least = Math.min(least, alive.filter(({ lastStatus }) => lastStatus === 'RUNNING').length);
    }
    expect({ most, least }).toEqual({ most: 2, least: 1 });
    expect((await service()).taskDefinition).toBe(taskDefinition);
  });

  it('leave no way when neither one may stop nor one may start (F-62)', async () => {
    const { createService, ecs, register, service, settle } = await targetGroupScene();
    await register();
    await createService({
      desiredCount: 1,
      deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 100 },
    });
    await settle();
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', forceNewDeployment: true }));
    await settle();
    const { deployments, events } = await service();
    expect(deployments).toHaveLength(2);
    expect(events![0]!.message).toBe(
      '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    );
  });

  it('do not come in when only the count changes (F-60)', async () => {
    const { createService, ecs, register, service, settle } = await targetGroupScene();
    await register();
    await createService({ desiredCount: 1 });
    await settle();
    const before = (await service()).deployments![0]!.id;
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', desiredCount: 4 }));
    await settle();
    expect(await service()).toMatchObject({ runningCount: 4, deployments: [{ id: before, desiredCount: 4 }] });
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', desiredCount: 1 }));
    await settle();
    expect(await service()).toMatchObject({ runningCount: 1, deployments: [{ id: before }] });
  });
});
