import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateNetworkInterfaceCommand, DeleteNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { stackOutputs } from '../operations/stacks/stack-outputs.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const NETWORK = smallYaml('').replace(/^network: .*$/m, 'network: { nat: none, isolated: false }');
const WORKER = smallYaml('services: { worker: { image: { context: . } } }').replace(
  /^network: .*$/m,
  'network: { nat: none }',
);

const stacksOf = async ({ aws }: Deployable) =>
  ((await aws.client(CloudFormationClient).send(new DescribeStacksCommand({}))).Stacks ?? [])
    .map(({ StackName }) => StackName!)
    .filter((name) => name !== 'CDKToolkit');

const outputsOf = async ({ aws }: Deployable, StackName: string): Promise<Record<string, string>> => {
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  return stackOutputs(Stacks![0]!);
};

/** An interface of somebody in the first subnet of the network. */
async function interfaceIn(project: Deployable, Description: string): Promise<string> {
  const { StackResources } = await project.aws
    .client(CloudFormationClient)
    .send(new DescribeStackResourcesCommand({ StackName: 'demo-dev-network' }));
  const subnet = StackResources!.find(({ ResourceType }) => ResourceType === 'AWS::EC2::Subnet');
  const { NetworkInterface } = await project.aws
    .client(EC2Client)
    .send(new CreateNetworkInterfaceCommand({ SubnetId: subnet!.PhysicalResourceId, Description }));
  return NetworkInterface!.NetworkInterfaceId!;
}

describe('what keeps a network from going', () => {
  it('is waited for with its names, and then the network goes (F-138)', async () => {
    const project = await startDeployable({ yaml: NETWORK });
    await project.succeed('deploy --env dev --yes');
    const id = await interfaceIn(project, 'RDSNetworkInterface');
    project.forget();
    const destroying = project.platform('destroy --env dev --yes');
    while (!project.asked().includes('ec2:DescribeNetworkInterfaces')) await new Promise((done) => setImmediate(done));
    await project.aws.client(EC2Client).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    const { exitCode, stderr } = await destroying;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain(`waiting for 1 network interfaces: ${id} (RDSNetworkInterface, available)`);
    expect(await stacksOf(project)).toEqual([]);
  });

  it('detached interfaces of Lambda functions are deleted after a yes (F-138)', async () => {
    const project = await startDeployable({ yaml: NETWORK });
    await project.succeed('deploy --env dev --yes');
    const id = await interfaceIn(project, 'AWS Lambda VPC ENI-demo-dev-resize-0a1b2c3d');
    const asked: string[] = [];
    const { exitCode } = await project.platform('destroy --env dev', {
      answer: (question) => {
        asked.push(question);
        return true;
      },
    });
    expect(exitCode).toBe(0);
    expect(asked.at(-1)).toContain(`Delete ${id} (AWS Lambda VPC ENI-demo-dev-resize-0a1b2c3d, available)`);
    expect(await stacksOf(project)).toEqual([]);
  });
});

it('tasks that our commands started are stopped; those of others keep everything as it is (F-140)', async () => {
  const project = await startDeployable({ yaml: WORKER });
  await project.succeed('deploy --env dev --sandbox --yes');
  setBehaviour(project.aws.scope, '$ sleep', { exit: { code: 0, afterMs: 1e9 } });
  await project.aws.world.setSpeed(300);
  const { PublicSubnet1 = '' } = await outputsOf(project, 'demo-dev-network');
  const { OneOffTaskDefinitionWorker = '' } = await outputsOf(project, 'demo-dev-tasks');
  const cluster = (await project.succeed('outputs runtime.cluster --env dev --sandbox')).stdout.trim();
  const ecs = project.aws.client(ECSClient);
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: OneOffTaskDefinitionWorker }),
  );
  const { name } = taskDefinition!.containerDefinitions![0]!;
  const start = async (startedBy: string) => {
    const { tasks } = await ecs.send(
      new RunTaskCommand({
        cluster,
        startedBy,
        taskDefinition: OneOffTaskDefinitionWorker,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: [PublicSubnet1], assignPublicIp: 'ENABLED' } },
        overrides: { containerOverrides: [{ name, command: ['sleep'] }] },
      }),
    );
    return tasks![0]!.taskArn!;
  };
  await start('platform/run');
  const foreign = await start('night-shift');
  project.forget();
  const refused = await project.platform('destroy --env dev --sandbox --yes --json');
  expect(refused.exitCode).toBe(1);
  expect(refused.json().error).toMatchObject({
    id: 'cluster-in-use',
    message: expect.stringContaining('(night-shift)'),
  });
  expect(project.writes()).toEqual([]);
  await ecs.send(new StopTaskCommand({ cluster, task: foreign }));

  project.forget();
  const { exitCode, stderr } = await project.platform('destroy --env dev --sandbox --yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(project.asked()).toContain('ecs:StopTask');
  expect(await stacksOf(project)).toEqual([]);
});

it('services of others in the cluster keep everything as it is (F-140), and not F-140 once they are gone', async () => {
  const project = await startDeployable({ yaml: WORKER });
  await project.succeed('deploy --env dev --sandbox --yes');
  const { PublicSubnet1 = '' } = await outputsOf(project, 'demo-dev-network');
  const { OneOffTaskDefinitionWorker = '' } = await outputsOf(project, 'demo-dev-tasks');
  const cluster = (await project.succeed('outputs runtime.cluster --env dev --sandbox')).stdout.trim();
  const ecs = project.aws.client(ECSClient);
  await ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'night-shift',
      taskDefinition: OneOffTaskDefinitionWorker,
      desiredCount: 0,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: [PublicSubnet1], assignPublicIp: 'ENABLED' } },
    }),
  );
  project.forget();
  const refused = await project.platform('destroy --env dev --sandbox --yes --json');
  expect(refused.exitCode).toBe(1);
  expect(refused.json().error).toMatchObject({
    id: 'cluster-has-services',
    message: expect.stringMatching(
      /^1 service that no stack of dev has stands in its cluster, .*night-shift; nothing was deleted$/,
    ),
    remedy: expect.stringContaining('--service night-shift'),
  });
  expect(project.writes()).toEqual([]);
  await ecs.send(new DeleteServiceCommand({ cluster, service: 'night-shift', force: true }));
  await project.succeed('destroy --env dev --sandbox --yes');
  expect(await stacksOf(project)).toEqual([]);
});
