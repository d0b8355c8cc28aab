import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setBehaviour } from '../../sandbox/services/ecs/runtime/behaviours.ts';
import { removeContainers } from '../../sandbox/services/ecs/runtime/real/find-again.ts';
import { targetGroupScene } from '../../sandbox/services/ecs/target-group-scene.ts';
import { startSandbox } from '../start-sandbox.ts';
import { docker, engineOrReason, pushBusybox } from './engine-scene.ts';

const found = await engineOrReason();
if ('missing' in found) console.log(`containers.test.ts is skipped: ${found.missing}`);
const engine = 'engine' in found ? found.engine : undefined;
let scenes = 0;

const IMAGE = '000000000000.dkr.ecr.us-east-1.amazonaws.com/web:v1';
const sh = (script: string) => ['/bin/busybox', 'sh', '-c', script];
const LOGS = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': '/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
};
const WEB = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'web',
      image: IMAGE,
      command: sh('/bin/busybox mkdir /www; echo ok > /www/health; exec /bin/busybox httpd -f -p 8000 -h /www'),
      portMappings: [{ containerPort: 8000 }],
      // The first process of a container is deaf to signals that it does not handle.
      stopTimeout: 2,
      logConfiguration: LOGS,
    },
  ],
};

async function scene(options: { directory?: string } = {}) {
  scenes += 1;
  const owner = `test-${process.pid}-${scenes}`;
  onTestFinished(() => removeContainers(engine!, owner));
  const made = await targetGroupScene({}, { machine: { engine, databases: undefined, owner }, ...options });
  await pushBusybox(made, 'web');
  const logs = made.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  return {
    ...made,
    owner,
    /** Starts a one-off task and answers with its ARN. */
    async run(words: string[], changes: object = {}) {
      await made.register({
        containerDefinitions: [{ name: 'web', image: IMAGE, command: words, logConfiguration: LOGS, ...changes }],
      });
      const { networkConfiguration } = made;
      const { tasks } = await made.ecs.send(
        new RunTaskCommand({ cluster: 'shop', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration }),
      );
      return tasks![0]!.taskArn!;
    },
    async task(arn: string) {
      const { tasks } = await made.ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [arn] }));
      return tasks![0]!;
    },
    async log(arn: string) {
      const logStreamName = `web/web/${arn.split('/').at(-1)}`;
      const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: '/shop', logStreamName }));
      return events!.map(({ message }) => message);
    },
    running: async (...words: string[]) =>
      (await docker(['ps', ...words, '--quiet', '--filter', `label=platform.sandbox=${owner}`])).trim().split('\n'),
  };
}

/** What an engine does takes its time. */
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 20_000 });

describe.skipIf(!engine)('a one-off task in the engine', () => {
  it('runs its command with its variables and secrets; its end is the end of the task', async () => {
    const { run, task, log, settle, client, running } = await scene();
    const { ARN } = await client(SecretsManagerClient).send(
      new CreateSecretCommand({ Name: 'app', SecretString: JSON.stringify({ KEY: 'two\nlines' }) }),
    );
    const arn = await run(sh('echo "$GREETING,$KEY"; exit 3'), {
      environment: [{ name: 'GREETING', value: 'hello' }],
      secrets: [{ name: 'KEY', valueFrom: `${ARN}:KEY::` }],
    });
    await settle();
    const ended = await task(arn);
    expect(ended).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'Essential container in task exited' });
    expect(ended.containers![0]).toMatchObject({ exitCode: 3 });
    expect(ended.containers![0]!.runtimeId).not.toMatch(/^simulated-/);
    expect(await log(arn)).toEqual(['hello,two', 'lines']);
    await soon(() => running('--all')).toEqual(['']);
  });

  it('is asked to end by SIGTERM, and shows the exit code that it gives', async () => {
    const { run, task, ecs, log, settle, running } = await scene();
    const arn = await run(sh('trap "echo bye; exit 7" TERM; echo up; while true; do /bin/busybox sleep 0.1; done'));
    await soon(async () => (await running())[0]).not.toBe('');
    await soon(() => log(arn).catch(() => [])).toEqual(['up']);
    await ecs.send(new StopTaskCommand({ cluster: 'shop', task: arn, reason: 'enough' }));
    await settle();
    expect(await task(arn)).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'enough' });
    expect((await task(arn)).containers![0]!.exitCode).toBe(7);
    expect(await log(arn)).toEqual(['up', 'bye']);
  });

  it('is killed when it takes more memory than it has (F-50)', async () => {
    const { run, task, settle } = await scene();
    const arn = await run(sh('/bin/busybox tail /dev/zero'), { memory: 16 });
    await settle();
    expect((await task(arn)).containers![0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    });
  });

  it('cannot be started with a program that its image does not have', async () => {
    const { run, task, settle, running } = await scene();
    const arn = await run(['/no/such/program']);
    await settle();
    const ended = await task(arn);
    expect(ended).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(ended.stoppedReason).toMatch(/^CannotStartContainerError: .*no such file or directory/s);
    await soon(() => running('--all')).toEqual(['']);
  });

  it('stays simulated where a scenario says what it does', async () => {
    const { run, task, settle, scope } = await scene();
    setBehaviour(scope, 'web', { exit: { code: 9, afterMs: 1_000 } });
    const arn = await run(sh('exit 0'));
    await settle();
    expect((await task(arn)).containers![0]).toMatchObject({
      exitCode: 9,
      runtimeId: expect.stringMatching(/^simulated-/),
    });
  });
});

describe.skipIf(!engine)('a service in the engine', () => {
  it.runIf(engine?.facts.network === 'host')('cannot start on a port that the machine has given away', async () => {
    const { run, task, settle } = await scene();
    const other = createServer().listen(8000, '127.0.0.1');
    onTestFinished(() => void other.close());
    const arn = await run(sh('exit 0'));
    await settle();
    expect((await task(arn)).stoppedReason).toContain('port 8000 of this machine is in use');
  });

  it.skipIf(engine?.facts.network === 'host')(
    'is healthy when its program answers, rolls over to another, and is gone when it is scaled in',
    async () => {
      const { createService, ecs, forward, loadBalancers, register, running, service, settle, tasks } = await scene();
      await forward();
      await register(WEB);
      await createService({ desiredCount: 1, loadBalancers, healthCheckGracePeriodSeconds: 30 });
      await settle();
      expect(await service()).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] });
      const [first] = await tasks();
      const { bindIP, hostPort } = first!.containers![0]!.networkBindings![0]!;
      expect(bindIP).toBe('127.0.0.1');
      expect(await (await fetch(`http://127.0.0.1:${hostPort}/health`)).text()).toBe('ok\n');

      await register(WEB);
      await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', taskDefinition: 'web' }));
      await settle();
      expect((await tasks()).map(({ taskDefinitionArn }) => taskDefinitionArn!.split(':').at(-1))).toEqual(['2']);
      await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', desiredCount: 0 }));
      await settle();
      await soon(() => running('--all')).toEqual(['']);
    },
  );

  it('goes on when the sandbox is started again, and is replaced when it died meanwhile', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'engine-'));
    const first = await scene({ directory });
    await first.forward();
    await first.register(WEB);
    await first.createService({ desiredCount: 1, loadBalancers: first.loadBalancers });
    await first.settle();
    const [before] = await first.tasks();
    await first.close();
    expect(await first.running()).toEqual(['']);

    const again = async () => {
      const sandbox = await startSandbox({ directory, machine: { engine, databases: undefined, owner: first.owner } });
      await sandbox.settle();
      return sandbox;
    };
    const second = await again();
    expect((await first.running())[0]).not.toBe('');
    await second.close();
    await docker(['rm', '--force', ...(await first.running('--all'))]);

    const third = await again();
    const live = async () => (await third.client(ECSClient).send(new ListTasksCommand({ cluster: 'shop' }))).taskArns;
    await soon(live).not.toContain(before!.taskArn);
    await third.settle();
    expect(await first.running()).toHaveLength(1);
    expect((await first.running())[0]).not.toBe('');
  });
});
