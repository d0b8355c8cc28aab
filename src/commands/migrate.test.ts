import { ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { DescribeDBClustersCommand, RDSClient, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../release/lock.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { holdTime } from '../testing/hold-time.ts';
import { migrationsAloneYaml } from '../testing/migrating-yaml.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { stateObjects } from '../testing/state-objects.ts';

const YAML = migrationsAloneYaml({
  migrations: 'before: [[createcachetable]], up: [migrate], down: [migrate, back], verify: [check, --deploy]',
});
const FLAGS = '--env dev --sandbox --json';

const start = () => startDeployed({ yaml: YAML });
/** Those that were started since the deployment, which migrated once. */
const commandsRun = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .map(({ task }) => task.overrides!.containerOverrides![0]!.command!.join(' '))
    .slice(2);
const cluster = async ({ aws }: Deployable) =>
  (await aws.client(RDSClient).send(new DescribeDBClustersCommand())).DBClusters![0]!;

describe('platform migrate', () => {
  it('runs what comes before and the migration, in order, once each (S3-61, S0-18, S1-32, D18, S2-106)', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ migrate', { logs: ['Applying 0001_initial... OK'] });
    const { exitCode, stderr, json } = await project.platform(`migrate ${FLAGS}`);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({
      environment: 'dev',
      component: 'migrations',
      action: 'up',
      exitCode: 0,
      simulated: true,
      dryRun: false,
      steps: [
        { command: ['createcachetable'], exitCode: 0 },
        { command: ['migrate'], exitCode: 0, end: 'exited' },
      ],
    });
    expect(json().task).toBe(json().steps[1].task);
    expect(stderr).toContain('Applying 0001_initial... OK');
    expect(stderr).toContain('databases.main sleeps when nobody is connected');
    expect(commandsRun(project)).toEqual(['createcachetable', 'migrate']);

    const plain = await project.platform('migrate --env dev --sandbox');
    expect(plain.stdout).toBe('Applying 0001_initial... OK\n');
  });

  it('a failing step is the last, exit 1, and is not tried again (F-88)', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ createcachetable', { exit: { code: 137, afterMs: 500, reason: OUT_OF_MEMORY } });
    const { exitCode, json } = await project.platform(`migrate ${FLAGS}`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ exitCode: 137, steps: [{ exitCode: 137 }], error: { id: 'task-failed' } });
    expect(json().error.message).toContain(`want of memory. ECS says: ${OUT_OF_MEMORY}`);
    expect(commandsRun(project)).toEqual(['createcachetable']);
  });

  it('tells the second of two who migrates, exit 8, or waits for him (F-88)', async () => {
    const project = await start();
    const place = { objects: stateObjects(project.aws), now: Date.now, environment: 'dev', name: 'migration-lock' };
    const anna = { principal: 'arn:aws:iam::111111111111:user/anna', host: 'laptop', command: 'deploy' };
    const held = await takeLock(place, anna);
    const { exitCode, json } = await project.platform(`migrate ${FLAGS}`);
    expect(exitCode).toBe(8);
    expect(json().error).toMatchObject({ id: 'migration-locked', kind: 'pending' });
    expect(json().error.message).toContain('user/anna on laptop has been migrating dev with "deploy"');
    expect(json().error.remedy).toContain('platform migrate --env dev --sandbox --wait 30m');
    expect(commandsRun(project)).toEqual([]);

    const short = await project.platform(`migrate ${FLAGS} --wait 1s`);
    expect(short.exitCode).toBe(8);
    const waiting = project.platform(`migrate ${FLAGS} --wait 30m`);
    await held.release();
    expect((await waiting).exitCode).toBe(0);
  });

  it('a migration whose program died is found, and nothing runs beside it (F-88)', async () => {
    const project = await start();
    const [{ task, network } = tasks.in(project.aws.scope).values()[0]!] = tasks.in(project.aws.scope).values();
    setBehaviour(project.aws.scope, '$ orphan', { exit: { code: 0, afterMs: 600_000 } });
    await project.aws.world.setSpeed(1e-3);
    const orphan = await project.aws.client(ECSClient).send(
      new RunTaskCommand({
        cluster: task.clusterArn,
        taskDefinition: task.taskDefinitionArn,
        launchType: 'FARGATE',
        startedBy: 'platform/migrate',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: network.subnets,
            securityGroups: network.securityGroups,
            assignPublicIp: 'ENABLED',
          },
        },
        overrides: { containerOverrides: [{ name: 'migrations', command: ['orphan'] }] },
      }),
    );
    const id = orphan.tasks![0]!.taskArn!.split('/').at(-1);
    const { exitCode, json } = await project.platform(`migrate ${FLAGS}`);
    expect(exitCode).toBe(8);
    expect(json().error.message).toBe(`An earlier migration still runs: task ${id}`);
    const waited = await holdTime(project, `migrate ${FLAGS} --wait 30m`, [
      { from: (said) => said.includes('Waiting for task'), speed: 1e6 },
    ]);
    expect(waited.exitCode).toBe(0);
    expect(waited.stderr).toContain(`Waiting for task ${id}, a migration that was started before`);
    expect(commandsRun(project)).toEqual(['orphan', 'createcachetable', 'migrate']);
  });

  it('takes the last migration back when asked, and the next deployment migrates again (S4-137)', async () => {
    const project = await start();
    expect((await project.platform(`migrate ${FLAGS} --down`)).json().error.id).toBe('nobody-to-ask');
    expect(commandsRun(project)).toEqual([]);
    expect((await project.platform(`migrate ${FLAGS} --down --yes`)).json()).toMatchObject({
      action: 'down',
      exitCode: 0,
      steps: [{ command: ['migrate', 'back'] }],
    });
    const { json } = await project.platform(`deploy ${FLAGS} --yes`);
    expect(json().migration).toMatchObject({ exitCode: 0, why: 'the newest migration was taken back' });
  });

  it('taking one back in prod wants its name; --yes and a near miss do not do (S4-137)', async () => {
    const project = await start();
    project.configure(YAML.replace('dev: { kind: dev', 'dev: { kind: prod'));
    for (const answer of ['--yes', '--yes --confirm dev/migrations', '--confirm prod/migrations.down']) {
      const { exitCode, json } = await project.platform(`migrate ${FLAGS} --down ${answer}`);
      expect(exitCode).toBe(2);
      expect(json().error.remedy).toContain('--confirm dev/migrations.down');
    }
    const declined = await project.platform(`migrate ${FLAGS} --down`, { answer: () => 'dev/migration.down' });
    expect(declined.exitCode).toBe(5);
    expect(commandsRun(project)).toEqual([]);
    await project.succeed(`migrate ${FLAGS} --down --confirm dev/migrations.down`);
    expect(commandsRun(project)).toEqual(['migrate back']);
  });

  it('--verify only looks, whoever migrates (S4-138)', async () => {
    const project = await start();
    const place = { objects: stateObjects(project.aws), now: Date.now, environment: 'dev', name: 'migration-lock' };
    await takeLock(place, { principal: 'anna', host: 'laptop', command: 'deploy' });
    setBehaviour(project.aws.scope, '$ check --deploy', { exit: { code: 1, afterMs: 100 }, logs: ['2 rows too few'] });
    const { exitCode, json } = await project.platform(`migrate ${FLAGS} --verify`);
    expect(exitCode).toBe(1);
    expect(json()).toMatchObject({ action: 'verify', exitCode: 1 });
    expect(commandsRun(project)).toEqual(['check --deploy']);
  });

  it('starts a stopped database when somebody agrees, and then migrates (F-76, F-78)', async () => {
    const project = await start();
    const { DBClusterIdentifier } = await cluster(project);
    await project.aws.client(RDSClient).send(new StopDBClusterCommand({ DBClusterIdentifier }));
    await project.aws.settle();
    const unasked = await project.platform(`migrate ${FLAGS}`);
    expect(unasked.exitCode).toBe(2);
    expect(unasked.json().error.message).toContain('databases.main of dev is stopped. Start it?');
    expect((await cluster(project)).Status).toBe('stopped');

    const { exitCode, stderr } = await project.platform(`migrate ${FLAGS} --yes`);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Waiting for databases.main');
    expect((await cluster(project)).Status).toBe('available');
    expect(commandsRun(project)).toEqual(['createcachetable', 'migrate']);
  });

  it('a dry run says what it would run and what it would need, and starts nothing', async () => {
    const project = await start();
    const { exitCode, stderr, json } = await project.platform(`migrate ${FLAGS} --down --dry-run`);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('would ask "Taking back a migration of dev may delete data: migrate back. Do it?"');
    expect(stderr).toContain('dry run: would run in a task of migrations: migrate back');
    expect(json()).toMatchObject({ task: null, exitCode: null, dryRun: true });
    expect(project.writes()).toEqual([]);
  });

  it.each([
    ['migrate --env dev --sandbox --down --verify', 'migrate', "cannot be used with option '--verify'"],
    ['migrate --env dev --sandbox --down', 'up: [migrate]', 'migrations: { down: [<command>] }'],
    ['migrate --env dev --sandbox --wait soon', 'up: [migrate]', '90s, 30m or 1h30m'],
  ])('%s is refused: exit 2, and nothing is started', async (words, migrations, text) => {
    const project = await start();
    if (migrations !== 'migrate') project.configure(migrationsAloneYaml({ migrations }));
    const { exitCode, stderr } = await project.platform(words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(text);
    expect(project.writes()).toEqual([]);
  });
});

const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';
