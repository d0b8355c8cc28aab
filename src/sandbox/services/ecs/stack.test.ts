import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { ListClustersCommand, ListTaskDefinitionsCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { ecsScene, IMAGE } from './ecs-scene.ts';
import { setBehaviour } from './runtime/behaviours.ts';

/** A stack with a cluster, a task definition and a service of one task. */
async function stackScene() {
  const scene = await ecsScene();
  const cloudformation = scene.client(CloudFormationClient);
  const { subnets, assignPublicIp } = scene.networkConfiguration.awsvpcConfiguration;
  const template = (changes: { image?: string; desired?: number; exit?: string } = {}) =>
    JSON.stringify({
      Resources: {
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'stack' } },
        Task: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: {
            Family: changes.exit ?? 'api',
            Cpu: '256',
            Memory: '512',
            NetworkMode: 'awsvpc',
            RequiresCompatibilities: ['FARGATE'],
            ContainerDefinitions: [
              { Name: 'api', Image: changes.image ?? IMAGE, PortMappings: [{ ContainerPort: 80 }] },
            ],
          },
        },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            ServiceName: 'api',
            Cluster: { Ref: 'Cluster' },
            TaskDefinition: { Ref: 'Task' },
            DesiredCount: changes.desired ?? 1,
            LaunchType: 'FARGATE',
            DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
            NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, AssignPublicIp: assignPublicIp } },
          },
        },
      },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Service', 'Name'] } } },
    });
  return {
    ...scene,
    template,
    cloudformation,
    async status() {
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'app' }));
      return Stacks![0]!;
    },
    async failures() {
      const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'app' }));
      return StackEvents!
        .filter(({ ResourceStatus }) => ResourceStatus!.endsWith('FAILED'))
        .map(
          ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
            `${LogicalResourceId} ${ResourceStatus} ${ResourceStatusReason}`,
        );
    },
  };
}

describe('a stack with a service', () => {
  it('is complete when the service is steady, changes it in place, and leaves nothing behind', async () => {
    const { cloudformation, ecs, settle, status, template, world } = await stackScene();
    await cloudformation.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template() }));
    await settle();
    expect(await status()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Outputs: [{ OutputValue: 'api' }] });
    const createdAt = world.clock.now();
    expect(createdAt).toBeGreaterThan(30_000);

    await cloudformation.send(
      new UpdateStackCommand({ StackName: 'app', TemplateBody: template({ image: `${IMAGE}-perl`, desired: 2 }) }),
    );
    await settle();
    expect((await status()).StackStatus).toBe('UPDATE_COMPLETE');
    const { taskDefinitionArns } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'api' }));
    expect(taskDefinitionArns).toEqual([expect.stringContaining('api:2')]);

    await cloudformation.send(new DeleteStackCommand({ StackName: 'app' }));
    await settle();
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([
      expect.stringContaining('cluster/shop'),
    ]);
  });

  it('fails with the words of the circuit breaker, and goes back (F-52)', async () => {
    const { cloudformation, failures, scope, settle, status, template } = await stackScene();
    await cloudformation.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template() }));
    await settle();
    setBehaviour(scope, 'broken', { exit: { code: 1, afterMs: 1_000 } });
    await cloudformation.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: template({ exit: 'broken' }) }));
    await settle();
    expect((await status()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await failures()).at(-1)).toMatch(
      /^Service UPDATE_FAILED Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\." \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: GeneralServiceException\)$/,
    );
  });

  it('has not drifted until somebody changes the service by hand', async () => {
    const { cloudformation, ecs, settle, template } = await stackScene();
    await cloudformation.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template() }));
    await settle();
    const drifted = async () => {
      await cloudformation.send(new DetectStackDriftCommand({ StackName: 'app' }));
      await settle();
      const { StackResourceDrifts } = await cloudformation.send(
        new DescribeStackResourceDriftsCommand({ StackName: 'app', StackResourceDriftStatusFilters: ['MODIFIED'] }),
      );
      return StackResourceDrifts!.flatMap(({ LogicalResourceId, PropertyDifferences }) =>
        PropertyDifferences!.map(
          ({ PropertyPath, ActualValue }) => `${LogicalResourceId}${PropertyPath} ${ActualValue}`,
        ),
      );
    };
    expect(await drifted()).toEqual([]);
    await ecs.send(new UpdateServiceCommand({ cluster: 'stack', service: 'api', desiredCount: 3 }));
    expect(await drifted()).toEqual(['Service/DesiredCount 3']);
  });
});
