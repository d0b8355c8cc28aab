import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { ecsScene } from './ecs-scene.ts';
import { setBehaviour } from './runtime/behaviours.ts';
import { failureThreshold } from './scheduler/circuit-breaker.ts';
import type { ServiceRow } from './state.ts';

const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } };
const CRASH = { exit: { code: 1, afterMs: 1_000 } };

const latestDeployment = async (ecs: ECSClient) => {
  const { serviceDeployments } = await ecs.send(new ListServiceDeploymentsCommand({ cluster: 'shop', service: 'web' }));
  const arns = [serviceDeployments![0]!.serviceDeploymentArn!];
  const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }));
  return described.serviceDeployments![0]!;
};

/** A service whose second revision crashes as soon as it runs. */
async function crashingUpdate(deploymentConfiguration = BREAKER) {
  const scene = await ecsScene();
  const first = await scene.register();
  await scene.createService({ deploymentConfiguration });
  await scene.settle();
  const before = (await scene.service()).deployments![0]!;
  const second = await scene.register({ containerDefinitions: [{ image: 'public.ecr.aws/shop/broken:1' }] });
  setBehaviour(scene.scope, 'public.ecr.aws/shop/broken:1', CRASH);
  scene.world.pause();
  const update = () =>
    scene.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', taskDefinition: second }));
  return { ...scene, before, first, second, update };
}

describe('the circuit breaker', () => {
  it.each([
    [1, undefined, 3],
    [7, undefined, 4],
    [25, undefined, 13],
    [500, undefined, 200],
    [10, { type: 'COUNT' as const, value: 2 }, 2],
    [2, { type: 'UNBOUNDED_PERCENT' as const, value: 50 }, 1],
  ])('of %i tasks with %o trips after %i failures', (desiredCount, thresholdConfiguration, expected) => {
    const deploymentCircuitBreaker = {
      enable: true,
      rollback: true,
      ...(thresholdConfiguration ? { thresholdConfiguration } : {}),
    };
    const service = { desiredCount, settings: { deploymentConfiguration: { deploymentCircuitBreaker } } };
    expect(failureThreshold(service as unknown as ServiceRow)).toBe(expected);
  });

  it('rolls a failing deployment back to the last that completed (F-52)', async () => {
    const { before, ecs, first, second, service, settle, tasks, update } = await crashingUpdate();
    const { service: updated } = await update();
    const failed = updated!.deployments![0]!.id!;
    await settle();
    const { deployments, events, taskDefinition, runningCount } = await service();
    expect({ taskDefinition, runningCount }).toEqual({ taskDefinition: first, runningCount: 2 });
    expect(deployments).toMatchObject([{ id: before.id, status: 'PRIMARY', rolloutState: 'COMPLETED' }]);
    const said = events!.map(({ message }) => message!);
    expect(said).toContain(`(service web) (deployment ${failed}) deployment failed: tasks failed to start.`);
    expect(said).toContain(`(service web) rolling back to deployment ${before.id}.`);
    const stopped = (await tasks('STOPPED')).filter(({ taskDefinitionArn }) => taskDefinitionArn === second);
    expect(stopped.length).toBeGreaterThanOrEqual(3);
    expect(new Set(stopped.map(({ stopCode, startedBy }) => `${stopCode} ${startedBy}`))).toContain(
      `EssentialContainerExited ${failed}`,
    );
    expect(await latestDeployment(ecs)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'ECS deployment circuit breaker: tasks failed to start.',
      deploymentCircuitBreaker: { status: 'TRIGGERED', threshold: 3 },
    });
  });

  it('shows the failed deployment beside the one gone back to, while tasks of it remain', async () => {
    const { advance, before, service, update } = await crashingUpdate();
    await update();
    for (let waited = 0; waited < 100 && (await service()).deployments![0]!.id !== before.id; waited += 1)
      await advance(5_000);
    const { deployments } = await service();
    expect(deployments![0]).toMatchObject({
      id: before.id,
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${before.id}.`,
    });
    expect(deployments![1]).toMatchObject({
      status: 'ACTIVE',
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    });
    expect(deployments![1]!.failedTasks).toBeGreaterThanOrEqual(3);
  });

  it('has nothing to go back to at a first deployment, and starts nothing more (F-53)', async () => {
    const { createService, ecs, register, scope, service, settle, tasks } = await ecsScene();
    await register();
    setBehaviour(scope, 'web', CRASH);
    await createService({ desiredCount: 1, deploymentConfiguration: BREAKER });
    await settle();
    expect((await service()).deployments).toMatchObject([
      {
        status: 'PRIMARY',
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        failedTasks: 3,
      },
    ]);
    expect(await tasks()).toEqual([]);
    expect(await tasks('STOPPED')).toHaveLength(3);
    expect((await latestDeployment(ecs)).status).toBe('STOPPED');
  });

  it('switched off, lets a service try for ever, more and more seldom', async () => {
    const { createService, register, service, settle, world } = await ecsScene();
    await register({ containerDefinitions: [{ image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/web:none' }] });
    await createService({ desiredCount: 1 });
    await settle();
    expect(world.clock.now()).toBeGreaterThan(30 * 60_000);
    const { deployments, events } = await service();
    expect(deployments![0]!.rolloutState).toBe('IN_PROGRESS');
    expect(deployments![0]!.failedTasks).toBeGreaterThanOrEqual(10);
    expect(events!.map(({ message }) => message)).toContain(
      '(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
  });
});

describe('a service without a circuit breaker', () => {
  it('restarts a program that crashes without waiting longer, until nobody waits for it any more', async () => {
    const { createService, register, scope, service, settle, world } = await ecsScene();
    await register();
    setBehaviour(scope, 'web', CRASH);
    await createService({ desiredCount: 1 });
    await settle();
    expect(world.clock.now()).toBeLessThan(15 * 60_000);
    expect((await service()).deployments![0]!.failedTasks).toBeGreaterThanOrEqual(10);
  });
});

describe('a service whose program ends after a while', () => {
  it('is steady, and restarts it when time passes', async () => {
    const { advance, createService, register, scope, service, settle, tasks } = await ecsScene();
    await register();
    setBehaviour(scope, 'web', { exit: { code: 0, afterMs: 60_000 } });
    await createService({ desiredCount: 1, deploymentConfiguration: BREAKER });
    await settle();
    const [first] = await tasks();
    expect((await service()).deployments![0]!.rolloutState).toBe('COMPLETED');
    await advance(61_000);
    await settle();
    const [second] = await tasks();
    expect(second!.taskArn).not.toBe(first!.taskArn);
    expect((await service()).deployments![0]).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 });
  });
});

describe('StopServiceDeployment', () => {
  it('goes back to the last completed deployment', async () => {
    const { before, ecs, service, settle, update } = await crashingUpdate();
    await update();
    const { serviceDeploymentArn, status } = await latestDeployment(ecs);
    expect(status).toBe('IN_PROGRESS');
    await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }));
    expect((await latestDeployment(ecs)).status).toBe('ROLLBACK_IN_PROGRESS');
    await settle();
    expect((await service()).deployments).toMatchObject([{ id: before.id, rolloutState: 'COMPLETED' }]);
    expect((await latestDeployment(ecs)).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(await answerOf(ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn })))).toMatchObject({
      refused: { code: 'ConflictException' },
    });
  });
});

describe('service revisions', () => {
  it('hold what a deployment rolled out, with the digests it started', async () => {
    const { ecs, createService, register, settle } = await ecsScene();
    const taskDefinition = await register();
    await createService();
    await settle();
    const { targetServiceRevision, status } = await latestDeployment(ecs);
    expect(status).toBe('SUCCESSFUL');
    expect(targetServiceRevision).toMatchObject({ requestedTaskCount: 2, runningTaskCount: 2 });
    const { serviceRevisions } = await ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [targetServiceRevision!.arn!] }),
    );
    expect(serviceRevisions).toMatchObject([{ taskDefinition, containerImages: [{ containerName: 'web' }] }]);
  });
});
