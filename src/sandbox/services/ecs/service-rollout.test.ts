import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { ecsScene } from './ecs-scene.ts';

describe('a service', () => {
  it('starts its tasks and reaches a steady state', async () => {
    const { createService, register, service, settle, tasks } = await ecsScene();
    const taskDefinition = await register();
    const { service: created } = await createService();
    expect(created).toMatchObject({ status: 'ACTIVE', desiredCount: 2, runningCount: 0, pendingCount: 0 });

    await settle();
    const { deployments, events, ...settled } = await service();
    expect(settled).toMatchObject({ runningCount: 2, pendingCount: 0, taskDefinition });
    expect(deployments).toHaveLength(1);
    expect(deployments![0]).toMatchObject({
      status: 'PRIMARY',
      rolloutState: 'COMPLETED',
      runningCount: 2,
      failedTasks: 0,
    });
    expect(deployments![0]!.rolloutStateReason).toBe(`ECS deployment ${deployments![0]!.id} completed.`);
    expect(events!.map(({ message }) => message!.replaceAll(/[0-9a-f]{32}|\d{19}/g, '…'))).toEqual([
      '(service web) has reached a steady state.',
      '(service web) (deployment ecs-svc/…) deployment completed.',
      '(service web) has started 2 tasks: (task …) (task …).',
    ]);
    const [task] = await tasks();
    expect(task).toMatchObject({
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      startedBy: deployments![0]!.id,
      group: 'service:web',
      launchType: 'FARGATE',
      attachments: [{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }],
    });
    expect(task!.containers![0]!.runtimeId).toMatch(/^simulated-/);
    expect(task!.startedAt).toBeInstanceOf(Date);
  });

  it('replaces its tasks when a new revision is rolled out, keeping enough of them healthy', async () => {
    const { createService, ecs, register, service, settle, tasks, world } = await ecsScene();
    await register();
    await createService();
    await settle();
    const before = (await tasks()).map(({ taskArn }) => taskArn);
    const second = await register();
    world.pause();
    const { service: updated } = await ecs.send(
      new UpdateServiceCommand({ cluster: 'shop', service: 'web', taskDefinition: second }),
    );
    expect(updated!.deployments!.map(({ status, rolloutState }) => `${status} ${rolloutState}`)).toEqual([
      'PRIMARY IN_PROGRESS',
      'ACTIVE COMPLETED',
    ]);
    await settle();
    const after = await tasks();
    expect(after).toHaveLength(2);
    expect(after.every(({ taskDefinitionArn }) => taskDefinitionArn === second)).toBe(true);
    expect(after.some(({ taskArn }) => before.includes(taskArn))).toBe(false);
    expect((await service()).deployments).toHaveLength(1);
    expect((await tasks('STOPPED')).map(({ stopCode, stoppedReason }) => [stopCode, stoppedReason])).toEqual(
      Array(2).fill([
        'ServiceSchedulerInitiated',
        `Scaling activity initiated by (deployment ${updated!.deployments![0]!.id})`,
      ]),
    );
  });

  it('goes on where it was after the sandbox was ended in the middle', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ecs-'));
    const first = await ecsScene({ directory });
    first.world.pause();
    await first.register();
    await first.createService();
    await first.advance(25_000);
    expect((await first.service()).pendingCount).toBe(2);
    await first.close();

    const second = await startSandbox({ directory });
    await second.settle();
    const describe = new DescribeServicesCommand({ cluster: 'shop', services: ['web'] });
    const { services } = await second.client(ECSClient).send(describe);
    expect(services).toMatchObject([{ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] }]);
  });
});
