import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { services, tasks } from '../sandbox/services/ecs/state.ts';
import { type Deployable, startDeployable } from '../testing/deployable.ts';
import { migratingYaml } from '../testing/migrating-yaml.ts';
import { pushImage } from '../testing/push-image.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { stateObjects } from '../testing/state-objects.ts';

const DEPLOY = 'deploy --env dev --sandbox --yes --json';
const started = () => startDeployed({ yaml: migratingYaml() });

const commandsRun = ({ aws }: Deployable) =>
  tasks
    .in(aws.scope)
    .values()
    .filter(({ task }) => task.startedBy === 'platform/migrate')
    .map(({ task }) => task.overrides!.containerOverrides![0]!.command!.join(' '));

const stackExists = async ({ aws }: Deployable, StackName: string): Promise<boolean> =>
  aws
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName }))
    .then(
      () => true,
      () => false,
    );

const fails = ({ aws }: Deployable, command: string, code: number) =>
  setBehaviour(aws.scope, `$ ${command}`, { exit: { code, afterMs: 1_000 }, logs: [`${command} says no`] });
const works = ({ aws }: Deployable, command: string) => setBehaviour(aws.scope, `$ ${command}`, {});

describe('the migration gate of a deployment', () => {
  it('on the first deployment keeps services from being started, and lets the next go on (F-88, C8)', async () => {
    const yaml = migratingYaml({ migrations: 'before: [[prepare, --cache]], up: [migrate]' });
    const project = await startDeployable({ yaml });
    fails(project, 'migrate', 3);
    const first = await project.platform(DEPLOY);
    expect(first.exitCode).toBe(1);
    expect(first.json().error).toMatchObject({
      id: 'migration-failed',
      details: { migration: { exitCode: 3, simulated: true, when: 'before-rollout' } },
    });
    expect(first.json().error.message).toContain(
      'migrate ended with exit code 3; nothing was rolled out: no service was started',
    );
    expect(first.json().error.remedy).toContain('platform deploy --env dev --sandbox migrates again');
    expect(first.stderr).toContain('  | migrate says no\n');
    const kept = (await project.platform('explain --json')).json();
    expect(kept.failure.id).toBe('migration-failed');
    expect(kept.seen.filter(({ kind }: { kind: string }) => kind === 'one-off')).toMatchObject([
      { command: 'prepare --cache', exitCode: 0 },
      { command: 'migrate', exitCode: 3, lines: ['migrate says no'] },
    ]);
    expect(await stackExists(project, 'demo-dev-service-worker')).toBe(false);
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

    works(project, 'migrate');
    project.forget();
    const second = await project.platform(DEPLOY);
    expect(second.exitCode).toBe(0);
    expect(second.json().migration).toMatchObject({ exitCode: 0, simulated: true, steps: [{}, {}] });
    expect(commandsRun(project)).toEqual(['prepare --cache', 'migrate', 'prepare --cache', 'migrate']);
    const asked = project.asked();
    expect(asked.indexOf('ecs:RunTask')).toBeLessThan(asked.lastIndexOf('cloudformation:ExecuteChangeSet'));

    project.forget();
    const third = await project.platform(DEPLOY);
    expect(third.json()).toMatchObject({ migration: null, stacks: expect.any(Array) });
    expect(project.writes()).toEqual([]);
  });

  it('on a later deployment leaves the running release untouched (F-88)', async () => {
    const project = await started();
    const before = services.in(project.aws.scope).values();
    project.configure(migratingYaml({ migrations: 'up: [migrate, --more]', cpu: 512 }));
    fails(project, 'migrate --more', 1);
    const { exitCode, json } = await project.platform(DEPLOY);
    expect(exitCode).toBe(1);
    expect(json().error.message).toContain('worker of the release before goes on untouched');
    expect(project.asked()).not.toContain('ecs:UpdateService');
    expect(services.in(project.aws.scope).values()).toEqual(before);

    works(project, 'migrate --more');
    const again = await project.platform(DEPLOY);
    expect(again.exitCode).toBe(0);
    expect(again.json().migration).toMatchObject({ exitCode: 0, why: 'the commands have changed' });
    expect(commandsRun(project)).toEqual(['migrate', 'migrate --more', 'migrate --more']);
  });

  it('a task that ends without an exit code keeps the gate closed (F-88)', async () => {
    const project = await started();
    project.configure(migratingYaml({ migrations: 'up: [migrate, --more]', cpu: 512 }));
    await project.aws.world.setSpeed(2_000);
    setBehaviour(project.aws.scope, '$ migrate --more', { exit: { code: null, afterMs: 1_000 } });
    const { exitCode, json } = await project.platform(DEPLOY);
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({ id: 'migration-failed', details: { migration: { exitCode: null } } });
    expect(json().error.message).toContain('ended without an exit code');
    expect(project.asked()).not.toContain('ecs:UpdateService');
  });

  it('migrates with the new image, because of it, before the service has it (D9)', async () => {
    const project = await started();
    const { digest } = await pushImage(project.aws, { repository: 'demo-dev-worker', tag: 'next' });
    const { exitCode, json } = await project.platform(`${DEPLOY} --image worker=next`);
    expect(exitCode).toBe(0);
    expect(json().migration).toMatchObject({ exitCode: 0, why: 'the image has changed' });
    const task = tasks
      .in(project.aws.scope)
      .values()
      .find(({ taskId }) => taskId === json().migration.task);
    expect(task!.task.containers[0]!.imageDigest).toBe(digest);
  });

  it('after the roll-out, when configured so; and not at all when it is manual', async () => {
    const project = await started();
    project.configure(migratingYaml({ migrations: 'up: [migrate, late], when: after-rollout', cpu: 512 }));
    project.forget();
    const late = await project.platform(DEPLOY);
    expect(late.json().migration).toMatchObject({ exitCode: 0, when: 'after-rollout' });
    const asked = project.asked();
    expect(asked.indexOf('ecs:RunTask')).toBeGreaterThan(asked.lastIndexOf('cloudformation:ExecuteChangeSet'));

    project.configure(migratingYaml({ migrations: 'up: [migrate, later], when: manual', cpu: 512 }));
    project.forget();
    const manual = await project.platform(DEPLOY);
    expect(manual.json().migration).toBeNull();
    expect(manual.stderr).toContain('the commands have changed: platform migrate --env dev --sandbox migrates');
    expect(project.asked()).not.toContain('ecs:RunTask');
  });

  it('a dry run says what would be migrated and why, and starts nothing', async () => {
    const project = await started();
    project.configure(migratingYaml({ migrations: 'up: [migrate, --more]' }));
    const { exitCode, stderr, json } = await project.platform(`${DEPLOY} --dry-run`);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('migrate before the roll-out, because the commands have changed: migrate --more');
    expect(json().migration).toBeNull();
    expect(project.writes()).toEqual([]);
  });

  it('Ctrl-C stops the migration, waits until it has stopped, and leaves services untouched', async () => {
    const project = await started();
    project.configure(migratingYaml({ migrations: 'up: [migrate, slow]', cpu: 512 }));
    setBehaviour(project.aws.scope, '$ migrate slow', { exit: { code: 0, afterMs: 36_000_000 }, logs: ['slowly'] });
    await project.aws.world.setSpeed(20_000);
    const { exitCode, json } = await project.platform(DEPLOY, {
      during: (press) => void pressWhenMigrating(project, press),
    });
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'migration-failed',
      details: { migration: { steps: [{ end: 'cancelled' }] } },
    });
    expect(json().error.message).toContain('migrate slow was stopped at your request');
    expect(project.asked()).not.toContain('ecs:UpdateService');
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
  });

  it('platform cancel stops the migration at once, as Ctrl-C does (F-06)', async () => {
    const project = await started();
    project.configure(migratingYaml({ migrations: 'up: [migrate, slow]', cpu: 512 }));
    setBehaviour(project.aws.scope, '$ migrate slow', { exit: { code: 0, afterMs: 36_000_000 }, logs: ['slowly'] });
    await project.aws.world.setSpeed(20_000);
    const deploying = project.platform(DEPLOY);
    await whenMigrating(project);
    const cancelled = await project.succeed('cancel --env dev --sandbox --yes --json');
    expect(cancelled.json()).toMatchObject({ told: expect.stringContaining('arn:aws') });
    const { exitCode, json } = await deploying;
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'deploy-cancelled-by',
      details: { migration: { steps: [{ end: 'cancelled' }] } },
    });
    expect(project.asked()).toContain('ecs:StopTask');
    expect(project.asked()).not.toContain('ecs:UpdateService');
    expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
  });
});

async function whenMigrating(project: Deployable): Promise<void> {
  const runs = () =>
    tasks
      .in(project.aws.scope)
      .values()
      .some(({ task }) => task.startedBy === 'platform/migrate' && task.lastStatus === 'RUNNING');
  while (!runs()) await new Promise((done) => setImmediate(done));
}

async function pressWhenMigrating(project: Deployable, press: () => void): Promise<void> {
  await whenMigrating(project);
  press();
}
