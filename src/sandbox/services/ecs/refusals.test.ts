import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  ExecuteCommandCommand,
  ListServicesCommand,
  PutClusterCapacityProvidersCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ecsScene } from './ecs-scene.ts';

describe('clusters', () => {
  it('that are not there are named as failures, or refused', async () => {
    const { ecs } = await ecsScene();
    expect(await ecs.send(new DescribeClustersCommand({ clusters: ['gone'] }))).toMatchObject({
      clusters: [],
      failures: [{ arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/gone', reason: 'MISSING' }],
    });
    expect(await answerOf(ecs.send(new DescribeServicesCommand({ cluster: 'gone', services: ['web'] })))).toEqual(
      refusal('ClusterNotFoundException', 'Cluster not found.'),
    );
  });

  it('cannot be deleted over services and tasks (F-140)', async () => {
    const { createService, ecs, networkConfiguration, register, settle, world } = await ecsScene();
    const taskDefinition = await register();
    await createService({ desiredCount: 0 });
    expect(await answerOf(ecs.send(new DeleteClusterCommand({ cluster: 'shop' })))).toEqual(
      refusal('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.'),
    );
    await ecs.send(new DeleteServiceCommand({ cluster: 'shop', service: 'web' }));
    await settle();
    world.pause();
    await ecs.send(
      new RunTaskCommand({ cluster: 'shop', taskDefinition, launchType: 'FARGATE', networkConfiguration }),
    );
    expect(await answerOf(ecs.send(new DeleteClusterCommand({ cluster: 'shop' })))).toEqual(
      refusal('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.'),
    );
    await settle();
    expect((await ecs.send(new DeleteClusterCommand({ cluster: 'shop' }))).cluster).toMatchObject({
      status: 'INACTIVE',
    });
  });

  it('keep the capacity providers that services use (F-139)', async () => {
    const { createService, ecs, register } = await ecsScene();
    await ecs.send(new CreateClusterCommand({ clusterName: 'spot', capacityProviders: ['FARGATE', 'FARGATE_SPOT'] }));
    await register();
    const { launchType: _launchType, ...strategy } = {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    };
    await createService({ cluster: 'spot', launchType: undefined, ...strategy });
    const none = { capacityProviders: [], defaultCapacityProviderStrategy: [] };
    expect(await answerOf(ecs.send(new PutClusterCapacityProvidersCommand({ cluster: 'spot', ...none })))).toEqual(
      refusal('ResourceInUseException', 'The specified capacity provider is in use and cannot be removed.'),
    );
  });
});

describe('services', () => {
  it('are refused when they do not fit', async () => {
    const { createService, ecs, networkConfiguration, register } = await ecsScene();
    await register();
    const subnets = ['subnet-0123456789abcdef0'];
    expect(await answerOf(createService({ networkConfiguration: undefined }))).toEqual(
      refusal(
        'InvalidParameterException',
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      ),
    );
    expect(await answerOf(createService({ networkConfiguration: { awsvpcConfiguration: { subnets } } }))).toEqual(
      refusal(
        'InvalidParameterException',
        `Error retrieving subnet information for [${subnets[0]}]: The subnet ID '${subnets[0]}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
      ),
    );
    expect(
      await answerOf(createService({ deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } })),
    ).toEqual(
      refusal(
        'InvalidParameterException',
        'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
      ),
    );
    expect(await answerOf(createService({ healthCheckGracePeriodSeconds: 60 }))).toEqual(
      refusal(
        'InvalidParameterException',
        'Health check grace period is only valid for services configured to use load balancers',
      ),
    );
    await createService();
    expect(await answerOf(createService())).toEqual(
      refusal('InvalidParameterException', 'Creation of service was not idempotent.'),
    );
    expect(await answerOf(ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'gone' })))).toEqual(
      refusal('ServiceNotFoundException', 'Service not found.'),
    );
    expect(
      await answerOf(
        ecs.send(
          new CreateServiceCommand({
            cluster: 'shop',
            serviceName: 'ec2',
            taskDefinition: 'web',
            desiredCount: 1,
            networkConfiguration,
          }),
        ),
      ),
    ).toMatchObject({ refused: { code: 'InvalidParameterException' } });
  });

  it('are deleted when nothing runs, or by force, and stay visible as INACTIVE', async () => {
    const { advance, createService, ecs, register, service, settle } = await ecsScene();
    await register();
    await createService();
    await settle();
    const remove = (force: boolean) => ecs.send(new DeleteServiceCommand({ cluster: 'shop', service: 'web', force }));
    expect(await answerOf(remove(false))).toEqual(
      refusal('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.'),
    );
    expect((await remove(true)).service!.status).toBe('DRAINING');
    await settle();
    expect(await service()).toMatchObject({ status: 'INACTIVE', runningCount: 0 });
    expect(
      await answerOf(ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', desiredCount: 1 }))),
    ).toEqual(refusal('ServiceNotActiveException', 'Service was not ACTIVE.'));
    expect((await ecs.send(new ListServicesCommand({ cluster: 'shop' }))).serviceArns).toEqual([]);
    await advance(61 * 60_000);
    expect((await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['web'] }))).failures).toEqual([
      { arn: 'arn:aws:ecs:us-east-1:000000000000:service/shop/web', reason: 'MISSING' },
    ]);
  });

  it('come ten a page', async () => {
    const { createService, ecs, register } = await ecsScene();
    await register();
    for (let index = 0; index < 11; index += 1) await createService({ serviceName: `web-${index}`, desiredCount: 0 });
    const { serviceArns, nextToken } = await ecs.send(new ListServicesCommand({ cluster: 'shop' }));
    expect(serviceArns).toHaveLength(10);
    expect((await ecs.send(new ListServicesCommand({ cluster: 'shop', nextToken }))).serviceArns).toHaveLength(1);
  });
});

describe('ExecuteCommand', () => {
  it('needs a task that was started with it, and a role that may (F-59)', async () => {
    const { createService, ecs, register, roleArn, settle, tasks } = await ecsScene();
    await register();
    await createService({ desiredCount: 1 });
    await settle();
    const exec = async () =>
      answerOf(
        ecs.send(
          new ExecuteCommandCommand({
            cluster: 'shop',
            task: (await tasks())[0]!.taskArn!,
            command: 'sh',
            interactive: true,
          }),
        ),
      );
    expect(await exec()).toEqual(
      refusal(
        'InvalidParameterException',
        'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
      ),
    );
    const enable = { cluster: 'shop', service: 'web', enableExecuteCommand: true, forceNewDeployment: true };
    await ecs.send(new UpdateServiceCommand(enable));
    await settle();
    expect(await exec()).toEqual(
      refusal('TargetNotConnectedException', 'The execute command failed due to an internal error. Try again later.'),
    );
    const taskDefinition = await register({ taskRoleArn: roleArn });
    await ecs.send(new UpdateServiceCommand({ ...enable, taskDefinition }));
    await settle();
    expect(await exec()).toMatchObject({ interactive: true, containerName: 'web' });
  });
});

describe('StopTask', () => {
  it('ends a task, which its service replaces', async () => {
    const { createService, ecs, register, service, settle, tasks } = await ecsScene();
    await register();
    await createService({ desiredCount: 1 });
    await settle();
    const [task] = await tasks();
    await ecs.send(new StopTaskCommand({ cluster: 'shop', task: task!.taskArn!, reason: 'by hand' }));
    await settle();
    expect(await tasks('STOPPED')).toMatchObject([
      { taskArn: task!.taskArn, stopCode: 'UserInitiated', stoppedReason: 'by hand', lastStatus: 'STOPPED' },
    ]);
    expect(await service()).toMatchObject({ runningCount: 1, pendingCount: 0 });
    expect(await answerOf(ecs.send(new StopTaskCommand({ cluster: 'shop', task: 'f'.repeat(32) })))).toEqual(
      refusal('InvalidParameterException', 'The referenced task was not found.'),
    );
  });
});
