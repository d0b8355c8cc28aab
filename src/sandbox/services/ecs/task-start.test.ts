import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateVpcEndpointCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { type ContainerDefinition, DescribeTasksCommand, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { pushImage } from '../../../testing/push-image.ts';
import { addRole, ecsScene } from './ecs-scene.ts';
import { setBehaviour } from './runtime/behaviours.ts';

const ECR = '000000000000.dkr.ecr.us-east-1.amazonaws.com';

/** Runs one task of `web` with this container until it stops or runs. */
async function taskScene() {
  const scene = await ecsScene();
  const { ecs, networkConfiguration, register, settle } = scene;
  return {
    ...scene,
    async run(
      container: Partial<ContainerDefinition> = {},
      {
        definition = {},
        ...input
      }: { definition?: Parameters<typeof register>[0]; assignPublicIp?: 'DISABLED'; subnets?: string[] } = {},
    ): Promise<Task> {
      const taskDefinition = await register({
        ...definition,
        containerDefinitions: [container as ContainerDefinition],
      });
      const { tasks } = await ecs.send(
        new RunTaskCommand({
          cluster: 'shop',
          taskDefinition,
          launchType: 'FARGATE',
          networkConfiguration: { awsvpcConfiguration: { ...networkConfiguration.awsvpcConfiguration, ...input } },
        }),
      );
      await settle();
      const described = await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [tasks![0]!.taskArn!] }));
      return described.tasks![0]!;
    },
  };
}

const ends = ({ stopCode, stoppedReason, containers }: Task) => ({
  stopCode,
  stoppedReason,
  exitCode: containers![0]!.exitCode,
});

const withoutRequestId = (text = '') => text.replace(/RequestID: [0-9a-f-]{36}/, 'RequestID: …');

describe('a one-off task', () => {
  it('ends with 0 unless told otherwise', async () => {
    const { run } = await taskScene();
    const task = await run();
    expect(task).toMatchObject({ lastStatus: 'STOPPED', group: 'family:web' });
    expect(ends(task)).toEqual({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      exitCode: 0,
    });
  });

  it('ends as its behaviour says, with its log lines in its stream (F-50)', async () => {
    const { client, run, scope } = await taskScene();
    const logs = client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop/web' }));
    setBehaviour(scope, 'web', { exit: { code: 3, afterMs: 2_000 }, logs: ['KeyError: PORT'] });
    const task = await run({ logConfiguration: logsTo('/shop/web') });
    expect(ends(task).exitCode).toBe(3);
    const logStreamName = `app/web/${task.taskArn!.split('/').at(-1)}`;
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: '/shop/web', logStreamName }));
    expect(events!.map(({ message }) => message)).toEqual(['KeyError: PORT']);
  });

  it('says that it was killed for its memory (F-49)', async () => {
    const { run, scope } = await taskScene();
    const reason = 'OutOfMemoryError: Container killed due to memory usage';
    setBehaviour(scope, 'web', { exit: { code: 137, afterMs: 2_000, reason } });
    expect((await run()).containers![0]).toMatchObject({ exitCode: 137, reason });
  });

  it('can be seen for an hour after it stopped (F-150)', async () => {
    const { advance, ecs, run } = await taskScene();
    const { taskArn } = await run();
    await advance(59 * 60_000);
    const describe = () => ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [taskArn!] }));
    expect((await describe()).tasks).toHaveLength(1);
    await advance(2 * 60_000);
    expect(await describe()).toMatchObject({ tasks: [], failures: [{ arn: taskArn, reason: 'MISSING' }] });
  });

  it('is refused when ECS cannot take on its role', async () => {
    const { run, scope } = await taskScene();
    const executionRoleArn = addRole(scope, 'for-lambda', { trusted: 'lambda.amazonaws.com' });
    expect(await answerOf(run({}, { definition: { executionRoleArn } }) as never)).toEqual(
      refusal(
        'ClientException',
        `ECS was unable to assume the role '${executionRoleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      ),
    );
  });
});

describe('RunTask', () => {
  it('starts nothing twice for one client token', async () => {
    const { ecs, networkConfiguration, register } = await taskScene();
    const taskDefinition = await register();
    const again = {
      cluster: 'shop',
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration,
      clientToken: 'once',
    } as const;
    const [first] = (await ecs.send(new RunTaskCommand(again))).tasks!;
    const [second] = (await ecs.send(new RunTaskCommand(again))).tasks!;
    expect(second!.taskArn).toBe(first!.taskArn);
  });
});

describe('the image of a task', () => {
  it('is pulled from ECR by tag, and shown by digest', async () => {
    const scene = await taskScene();
    await scene.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    const { digest } = await pushImage(scene, { repository: 'web', tag: 'v1', architectures: ['amd64', 'arm64'] });
    const task = await scene.run({ image: `${ECR}/web:v1` });
    expect(task.containers![0]!.imageDigest).toBe(digest);
    expect((await scene.run({ image: `${ECR}/web@${digest}` })).containers![0]!.exitCode).toBe(0);
  });

  it('cannot be pulled when it is not there (F-37)', async () => {
    const { client, run } = await taskScene();
    await client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    const task = await run({ image: `${ECR}/web:v9` });
    const stoppedReason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${ECR}/web:v9: ${ECR}/web:v9: not found`;
    expect(ends(task)).toEqual({ stopCode: 'TaskFailedToStart', stoppedReason, exitCode: undefined });
    expect(task.containers![0]!.reason).toBe(stoppedReason);
  });

  it('cannot be pulled when its index has no such platform (F-35)', async () => {
    const scene = await taskScene();
    await scene.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    await pushImage(scene, { repository: 'web', tag: 'arm', architectures: ['arm64'], index: true });
    expect((await scene.run({ image: `${ECR}/web:arm` })).stoppedReason).toBe(
      "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    );
    const runtimePlatform = { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } as const;
    expect(
      (await scene.run({ image: `${ECR}/web:arm` }, { definition: { runtimePlatform } })).containers![0]!.exitCode,
    ).toBe(0);
  });

  it('cannot be executed when its only manifest is for another processor (F-36)', async () => {
    const scene = await taskScene();
    await scene.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    await pushImage(scene, { repository: 'web', tag: 'arm', architectures: ['arm64'] });
    expect(ends(await scene.run({ image: `${ECR}/web:arm` }))).toEqual({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      exitCode: 255,
    });
  });

  it('needs a role that may pull it (F-46)', async () => {
    const scene = await taskScene();
    await scene.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    await pushImage(scene, { repository: 'web', tag: 'v1' });
    const executionRoleArn = addRole(scene.scope, 'powerless', { actions: 'logs:*' });
    const { stoppedReason, taskArn } = await scene.run(
      { image: `${ECR}/web:v1` },
      { definition: { executionRoleArn } },
    );
    expect(withoutRequestId(stoppedReason)).toBe(
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, RequestID: …, api error AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/powerless/${taskArn!.split('/').at(-1)} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action`,
    );
  });
});

describe('the secrets of a task', () => {
  const prefix =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): ';

  async function secretScene(SecretString: string) {
    const scene = await taskScene();
    const secretsManager = scene.client(SecretsManagerClient);
    const { ARN } = await secretsManager.send(new CreateSecretCommand({ Name: 'app', SecretString }));
    const withKey = (valueFrom: string) => scene.run({ secrets: [{ name: 'KEY', valueFrom }] });
    return { ...scene, arn: ARN!, secretsManager, withKey };
  }

  it('are injected when they are there', async () => {
    const { arn, withKey } = await secretScene('{"STRIPE":"x"}');
    expect((await withKey(`${arn}:STRIPE::`)).containers![0]!.exitCode).toBe(0);
    expect((await withKey(arn)).containers![0]!.exitCode).toBe(0);
  });

  it('are missed by key (F-44)', async () => {
    const { arn, withKey } = await secretScene('{"STRIPE":"x"}');
    const task = await withKey(`${arn}:PAYPAL::`);
    expect(task.stopCode).toBe('TaskFailedToStart');
    expect(task.stoppedReason).toBe(`${prefix}retrieved secret from Secrets Manager did not contain json key PAYPAL`);
  });

  it('are not JSON although a key is asked (F-47)', async () => {
    const { arn, withKey } = await secretScene('postgres://db');
    expect((await withKey(`${arn}:URL::`)).stoppedReason).toBe(
      `${prefix}invalid character 'p' looking for beginning of value`,
    );
  });

  it('are gone, or on their way', async () => {
    const { arn, secretsManager, withKey } = await secretScene('{}');
    const other = arn.replace('secret:app', 'secret:other');
    expect(withoutRequestId((await withKey(other)).stoppedReason)).toBe(
      `${prefix}failed to fetch secret ${other} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: …, ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    );
    await secretsManager.send(new DeleteSecretCommand({ SecretId: arn }));
    expect((await withKey(arn)).stoppedReason).toContain(
      "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    );
  });

  it('come from parameters too', async () => {
    const { client, run } = await taskScene();
    await client(SSMClient).send(new PutParameterCommand({ Name: '/app/key', Value: 'x', Type: 'SecureString' }));
    const found = await run({
      secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:000000000000:parameter/app/key' }],
    });
    expect(found.containers![0]!.exitCode).toBe(0);
    expect((await run({ secrets: [{ name: 'KEY', valueFrom: '/app/other' }] })).stoppedReason).toBe(
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /app/other',
    );
  });

  it('cannot be reached without a route, unless an endpoint with an open door stands in the network (F-45)', async () => {
    const { arn, client, networkConfiguration, run } = await secretScene('{}');
    const task = await run({ secrets: [{ name: 'KEY', valueFrom: arn }] }, { assignPublicIp: 'DISABLED' });
    expect(task.stoppedReason).toBe(
      `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret ${arn} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
    );

    const ec2 = client(EC2Client);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const endpoint = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: Vpcs![0]!.VpcId!,
        ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
        VpcEndpointType: 'Interface',
        SubnetIds: networkConfiguration.awsvpcConfiguration.subnets,
        PrivateDnsEnabled: true,
      }),
    );
    expect(endpoint.VpcEndpoint!.NetworkInterfaceIds).not.toEqual([]);
    const later = await run({ secrets: [{ name: 'KEY', valueFrom: arn }] }, { assignPublicIp: 'DISABLED' });
    // The secret is had now; the image, from a registry on the internet, still is not.
    expect(later.stoppedReason).toMatch(
      /^CannotPullContainerError: The task cannot pull public\.ecr\.aws.* There is a connection issue between the task and the registry\..*i\/o timeout$/,
    );
  });
});

describe('the log group of a task', () => {
  it('must be there (F-48)', async () => {
    const { client, run } = await taskScene();
    const logs = client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop/web' }));
    expect((await run({ logConfiguration: logsTo('/shop/web') })).containers![0]!.exitCode).toBe(0);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: '/shop/web' }));
    expect((await run({ logConfiguration: logsTo('/shop/web') })).stoppedReason).toBe(
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    );
  });
});

const logsTo = (group: string): ContainerDefinition['logConfiguration'] => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' },
});
