import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { ecsScene } from '../../sandbox/services/ecs/ecs-scene.ts';
import { docker, engineOrReason, pushBusybox } from './engine-scene.ts';

const found = await engineOrReason();
if ('missing' in found) console.log(`containers.test.ts is skipped: ${found.missing}`);

describe.skipIf('missing' in found)('a container', () => {
  const logConfiguration = {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': '/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
  };

  async function scene() {
    const owner = `test-${process.pid}-${Math.round(performance.now())}`;
    const made = await ecsScene({ machine: { engine: 'engine' in found ? found.engine : undefined, owner } });
    await pushBusybox(made, 'web');
    await made.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
    const image = '000000000000.dkr.ecr.us-east-1.amazonaws.com/web:v1';
    return {
      ...made,
      owner,
      image,
      async run(words: string[], changes = {}) {
        await made.register({
          containerDefinitions: [{ name: 'web', image, command: words, logConfiguration, ...changes }],
        });
        const { tasks } = await made.ecs.send(
          new RunTaskCommand({
            cluster: 'shop',
            taskDefinition: 'web',
            launchType: 'FARGATE',
            networkConfiguration: made.networkConfiguration,
          }),
        );
        return tasks![0]!.taskArn!;
      },
      async task(arn: string) {
        const { tasks } = await made.ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [arn] }));
        return tasks![0]!;
      },
      async log(arn: string) {
        const { events } = await made
          .client(CloudWatchLogsClient)
          .send(new GetLogEventsCommand({ logGroupName: '/shop', logStreamName: `web/web/${arn.split('/').at(-1)}` }));
        return events!.map(({ message }) => message);
      },
      mine: async () =>
        (await docker(['ps', '--all', '--quiet', '--filter', `label=platform.sandbox=${owner}`])).trim(),
    };
  }

  it('of a one-off task runs its command with its variables and secrets, and its end is the end of the task', async () => {
    const { run, task, log, settle, client, mine } = await scene();
    const { ARN } = await client(SecretsManagerClient).send(
      new CreateSecretCommand({ Name: 'app', SecretString: JSON.stringify({ KEY: 'two\nlines' }) }),
    );
    const arn = await run(['/bin/busybox', 'sh', '-c', 'echo "$GREETING,$KEY"; exit 3'], {
      environment: [{ name: 'GREETING', value: 'hello' }],
      secrets: [{ name: 'KEY', valueFrom: `${ARN}:KEY::` }],
    });
    await settle();
    const ended = await task(arn);
    expect(ended.stoppedReason).toBe('Essential container in task exited');
    expect(ended).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' });
    expect(ended.containers![0]).toMatchObject({ exitCode: 3 });
    expect(ended.containers![0]!.runtimeId).not.toMatch(/^simulated-/);
    expect(await log(arn)).toEqual(['hello,two', 'lines']);
    await expect.poll(mine).toBe('');
  });
});
