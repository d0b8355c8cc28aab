import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DeleteSecretCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { stackOutputs } from '../operations/stacks/stack-outputs.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { setShortage } from '../sandbox/services/ecs/shortages.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0, max: 2 } } }
migrations: { image: { context: . }, uses: [db.main], up: ["true"], when: manual }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const FLAGS = '--env dev --sandbox';

const start = () => startDeployed({ yaml: YAML });
const outputsOf = async ({ aws }: Deployable, stack: string): Promise<Record<string, string>> => {
  const StackName = `demo-dev-${stack}`;
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  return stackOutputs(Stacks![0]!);
};
const NO_CAPACITY = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';
const oneOffs = ({ aws }: Deployable) => tasks.in(aws.scope).values();

describe('platform run', () => {
  it('runs the words as words, in the network and with the role of the component (S3-60, S3-61, D12)', async () => {
    const project = await start();
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    setBehaviour(project.aws.scope, "$ echo a b $HOME 'c'", { logs: ['first', 'second \u001b[31mred\u001b[0m'] });

    const run = await project.platform(['run', 'migrations', ...FLAGS.split(' '), '--', 'echo', 'a b', '$HOME', "'c'"]);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'first\nsecond red\n' });
    expect(run.stderr).toContain('simulated: no container ran');

    const [row] = oneOffs(project);
    expect(row!.task).toMatchObject({ startedBy: 'platform/run', group: 'family:demo-dev-migrations-once' });
    expect(row!.task.overrides!.containerOverrides).toMatchObject([
      { name: 'migrations', command: ['echo', 'a b', '$HOME', "'c'"] },
    ]);
    expect(row!.cluster).toBe(outputs['runtime.cluster']);
    const { PublicSubnet1, PublicSubnet2 } = await outputsOf(project, 'network');
    const { TaskSecurityGroupMigrations } = await outputsOf(project, 'runtime');
    expect(row!.network).toMatchObject({
      assignPublicIp: true,
      subnets: [PublicSubnet1, PublicSubnet2],
      securityGroups: [TaskSecurityGroupMigrations],
    });
    const { OneOffTaskDefinitionMigrations } = await outputsOf(project, 'tasks');
    expect(row!.task.taskDefinitionArn).toBe(OneOffTaskDefinitionMigrations);
  });

  it('a failing command is exit 1, its own code in text and JSON (S3-62)', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ fail', { exit: { code: 3, afterMs: 1_000 }, logs: ['no such table'] });
    const { exitCode, stderr, json } = await project.platform(`run migrations ${FLAGS} --json -- fail`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({
      environment: 'dev',
      component: 'migrations',
      command: ['fail'],
      exitCode: 3,
      end: 'exited',
      simulated: true,
      error: { id: 'task-failed', kind: 'failed' },
    });
    expect(json().error.message).toContain('fail in migrations ended with exit code 3');
    expect(json().error.remedy).toContain(`platform logs --env dev --sandbox --task ${json().task}`);
    expect(stderr).toContain('no such table\n');
  });

  it('no exit code is a failure, with what ECS says (F-88)', async () => {
    const project = await start();
    const secrets = project.aws.client(SecretsManagerClient);
    const { SecretList } = await secrets.send(new ListSecretsCommand());
    for (const { ARN } of SecretList!) await secrets.send(new DeleteSecretCommand({ SecretId: ARN }));
    const { exitCode, json } = await project.platform(`run migrations ${FLAGS} --json -- true`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ exitCode: null, end: 'not-started', error: { id: 'task-not-started' } });
    expect(json().stoppedReason).toMatch(/^ResourceInitializationError/);
    expect(json().error.message).toContain('ResourceInitializationError');
    expect(oneOffs(project)).toHaveLength(1);
  });

  it('asks again while Fargate has no capacity, and starts one task (F-55)', async () => {
    const project = await start();
    project.aws.faults.push({ operation: 'RunTask', times: 2, with: new AwsFault('ClientException', NO_CAPACITY) });
    const { exitCode, stderr } = await project.platform(`run migrations ${FLAGS} -- true`);
    expect(exitCode).toBe(0);
    expect(stderr.match(/No room for a task yet, asking again: Capacity is unavailable/g)).toHaveLength(2);
    expect(oneOffs(project)).toHaveLength(1);
  });

  it.each([[NO_CAPACITY], ['RESOURCE:ENI']])(
    'F-55: goes to the next zone when the answer holds a failure instead of a task: %s',
    async (reason) => {
      const project = await start();
      setShortage(project.aws.scope, 'us-east-1a', { reason, times: 9 });
      const { exitCode, stderr } = await project.platform(`run migrations ${FLAGS} -- true`);
      expect(exitCode).toBe(0);
      expect(stderr.match(/No room for a task yet/g)).toHaveLength(1);
      const { PublicSubnet2 } = await outputsOf(project, 'network');
      expect(oneOffs(project)).toMatchObject([{ network: { subnets: [PublicSubnet2] } }]);
    },
  );

  it('F-55: says so when there is no room anywhere, and has started nothing: exit 1', async () => {
    const project = await start();
    setShortage(project.aws.scope, '*', { reason: 'RESOURCE:ENI', times: 99 });
    const { exitCode, json } = await project.platform(`run migrations ${FLAGS} --json -- true`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ error: { id: 'task-no-room', message: expect.stringContaining('RESOURCE:ENI') } });
    expect(oneOffs(project)).toEqual([]);
  });

  it('does not ask again for what waiting does not mend: another failure, a cluster that is gone', async () => {
    const project = await start();
    setShortage(project.aws.scope, '*', { reason: 'INACTIVE', times: 99 });
    const runTasks = () => project.aws.calls.filter(({ operation }) => operation === 'RunTask').length;
    const failed = await project.platform(`run migrations ${FLAGS} --json -- true`);
    expect(failed).toMatchObject({ exitCode: 1 });
    expect(failed.json().error).toMatchObject({ id: 'task-refused', message: expect.stringContaining('INACTIVE') });
    expect(runTasks()).toBe(1);

    const cluster = (await outputsOf(project, 'runtime')).ClusterName!;
    await project.aws.client(ECSClient).send(new DeleteClusterCommand({ cluster }));
    const gone = await project.platform(`run migrations ${FLAGS} --json -- true`);
    expect(gone).toMatchObject({ exitCode: 1 });
    expect(gone.json().error).toMatchObject({
      id: 'task-refused',
      message: expect.stringContaining(`in cluster ${cluster}. AWS says: Cluster not found.`),
      remedy: expect.stringContaining(`platform recover ${FLAGS} runtime`),
    });
  });

  it('a refusal to hand on its roles names that permission', async () => {
    const project = await start();
    const said =
      'User: anna is not authorized to perform: iam:PassRole on resource: role/demo because no policy allows it';
    project.aws.faults.push({ operation: 'RunTask', with: new AwsFault('AccessDeniedException', said) });
    const { exitCode, stderr } = await project.platform(`run migrations ${FLAGS} -- true`);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('AWS denied iam:PassRole');
  });

  it('a lost answer does not start a second task', async () => {
    const project = await start();
    project.aws.faults.push({ operation: 'RunTask', with: 'cut-after' });
    await project.succeed(`run migrations ${FLAGS} -- true`);
    expect(oneOffs(project)).toHaveLength(1);
  });

  it('Ctrl-C stops the task, waits until it has stopped, and says so', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ sleep 9', { exit: { code: 0, afterMs: 3_600_000 }, logs: ['sleeping'] });
    await project.aws.world.setSpeed(2_000);
    const { exitCode, stderr, json } = await project.platform(`run migrations ${FLAGS} --json -- sleep 9`, {
      during: (press) => void pressWhenRunning(project, press),
    });
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ end: 'cancelled', error: { id: 'task-cancelled' } });
    expect(stderr).toContain('Stopping the task');
    expect(oneOffs(project)[0]!.task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'Stopped by the person who ran it',
    });
  });

  it('stops a task whose time is over: exit 1', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ sleep 9', { exit: { code: 0, afterMs: 36_000_000 } });
    await project.aws.world.setSpeed(20_000);
    const { exitCode, json } = await project.platform(`run migrations ${FLAGS} --json --timeout 1s -- sleep 9`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ end: 'timed-out', error: { id: 'task-timed-out' } });
    expect(oneOffs(project)[0]!.task.lastStatus).toBe('STOPPED');
  });

  it('goes on when AWS cannot be reached for a while', async () => {
    const project = await start();
    project.aws.faults.push({ operation: 'DescribeTasks', times: 7, with: 'cut-before' });
    await project.succeed(`run migrations ${FLAGS} -- true`);
  });

  it('refuses what cannot be, and starts nothing: exit 2', async () => {
    const project = await start();
    const refused = async (words: string) => {
      const { exitCode, stderr } = await project.platform(`run ${words}`);
      expect(exitCode).toBe(2);
      return stderr;
    };
    expect(await refused(`migration ${FLAGS} -- true`)).toContain('name migrations');
    expect(await refused(`migrations ${FLAGS}`)).toContain("Missing required argument 'command'");
    expect(await refused(`migrations ${FLAGS} --memory 100 -- true`)).toContain('--cpu 512 --memory 1024');
    expect(await refused(`migrations ${FLAGS} --timeout soon -- true`)).toContain('90s, 30m or 1h30m');
    expect(oneOffs(project)).toEqual([]);
    expect(project.writes()).toEqual([]);
  });

  it('takes another size, and a dry run starts nothing', async () => {
    const project = await start();
    const dry = await project.platform(`run migrations ${FLAGS} --memory 2048 --dry-run --json -- true`);
    expect(dry).toMatchObject({ exitCode: 0 });
    expect(dry.json()).toMatchObject({ task: null, exitCode: null, dryRun: true });
    expect(oneOffs(project)).toEqual([]);
    await project.succeed(`run migrations ${FLAGS} --memory 2048 -- true`);
    expect(oneOffs(project)[0]!.task).toMatchObject({ cpu: '512', memory: '2048' });
  });
});

async function pressWhenRunning(project: Deployable, press: () => void): Promise<void> {
  while (oneOffs(project)[0]?.task.lastStatus !== 'RUNNING') await new Promise((done) => setImmediate(done));
  press();
}
