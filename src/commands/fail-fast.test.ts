import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { serviceDeployments } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { hasAsked, haveFailed, holdTime } from '../testing/hold-time.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { ecsServices, twoServices } from '../testing/two-services.ts';

const SECRET = 'demo/dev/app';

/** As fast as users have it; where a rollout has to be judged in time, time waits for it. */
async function start() {
  const project = await startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  await project.aws.world.setSpeed(1000);
  return project;
}

/** What nobody could know of before: it happens while a person thinks. */
const agreeing = (happens: () => unknown) => ({
  answer: async () => {
    await happens();
    return true;
  },
});
const loseKey =
  ({ aws }: Deployable) =>
  () =>
    aws
      .client(SecretsManagerClient)
      .send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: '{"SIGNING_KEY":"canary-5d"}' }));

const lastDeployment = ({ aws }: Deployable, name: string) =>
  serviceDeployments
    .in(aws.scope)
    .values()
    .map(({ deployment }) => deployment)
    .filter(({ serviceArn }) => serviceArn!.includes(`-service-${name}-`))
    .toSorted((a, b) => a.createdAt! - b.createdAt!);

it('F-44: takes a deployment back at its first task, says why, how things stand, and what to type', async () => {
  const project = await start();
  project.configure(twoServices('cpu: 1024').replace('cpu: 1024', 'cpu: 1024\n    memory: 2048'));
  const before = (await ecsServices(project)).worker!;
  const run = await holdTime(project, 'deploy --env dev --sandbox --yes --json', [
    // In the middle of it: a rehearsal makes up what is missing before.
    { from: hasAsked(project, 'cloudformation:ExecuteChangeSet'), act: loseKey(project) },
    { from: haveFailed(project, 1), until: hasAsked(project, 'cloudformation:CancelUpdateStack') },
  ]);
  expect(run.exitCode).toBe(1);
  const { error } = run.json();
  expect(error).toMatchObject({
    id: 'rollout-stopped',
    kind: 'failed',
    details: {
      service: 'worker',
      stopped: 1,
      endedBy: 'platform',
      state: 'demo-dev-service-worker is UPDATE_ROLLBACK_COMPLETE, 1 of 1 tasks run',
      causes: [
        {
          id: 'F-44',
          certainty: 'certain',
          evidence: [{ call: 'ecs:DescribeTasks', read: 'tasks[0].stoppedReason' }, {}],
        },
      ],
    },
  });
  expect(error.message).toBe(
    'worker cannot come up: secret demo/dev/app has no key API_KEY (F-44); its rollout was taken back after one task: demo-dev-service-worker is UPDATE_ROLLBACK_COMPLETE, 1 of 1 tasks run',
  );
  expect(error.remedy).toMatch(
    /^platform secrets push --env dev --sandbox, then the same command again; --wait-anyway/,
  );
  expect(run.stderr).toContain(
    'rollout of worker: running, 0 of 1 new tasks run; 1 stopped: ResourceInitializationError',
  );
  expect(run.stdout + run.stderr).not.toContain('canary');
  expect((await ecsServices(project)).worker).toMatchObject({ taskDefinition: before.taskDefinition, runningCount: 1 });
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

  const kept = (await project.platform('explain --json')).json();
  expect(kept.failure).toMatchObject({ id: 'rollout-stopped', causes: [{ id: 'F-44' }] });
  const roles = kept.seen
    .filter(({ kind }: { kind: string }) => kind === 'rollout')
    .map(({ role }: { role: string }) => role);
  expect([roles[0], roles.at(-1)]).toEqual(['new', 'back']);
  expect(kept.seen.filter(({ kind }: { kind: string }) => kind === 'blind')).toEqual([]);
  const told = (await project.platform('explain')).stdout;
  expect(told).toContain('worker: secret demo/dev/app has no key API_KEY (F-44)');
  expect(told).toContain('Waiting is hopeless: what is under way in demo-dev-service-worker is taken back');
});

it('F-50: needs two tasks that end alike; redeploy has ECS go back, and sees it through (not F-53)', async () => {
  const project = await start();
  const before = (await ecsServices(project)).worker!.deployments![0]!.id;
  const crash = () =>
    setBehaviour(project.aws.scope, '*', { exit: { code: 3, afterMs: 1_000 }, logs: ['password=canary-4e'] });
  const run = await holdTime(
    project,
    'redeploy worker --env dev --sandbox --json',
    [{ from: haveFailed(project, 2), until: hasAsked(project, 'ecs:StopServiceDeployment') }],
    agreeing(crash),
  );
  expect(run.exitCode).toBe(1);
  expect(run.json().error).toMatchObject({
    id: 'rollout-stopped',
    details: {
      service: 'worker',
      stopped: 2,
      endedBy: 'platform',
      state: '1 of 1 tasks run',
      causes: [{ id: 'F-50' }],
    },
  });
  expect(lastDeployment(project, 'worker').at(-1)).toMatchObject({
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'Service deployment stopped by user.',
  });
  expect((await ecsServices(project)).worker!.deployments).toMatchObject([{ id: before, rolloutState: 'COMPLETED' }]);
  expect(run.stdout + run.stderr).not.toContain('canary');
});

it('never kills a start that is slow and healthy, nor waits less with --wait-anyway (F-52)', async () => {
  const project = await start();
  setBehaviour(project.aws.scope, '$ serve', { http: { answer: { kind: 'status', code: 200 }, readyAfterMs: 50_000 } });
  await project.succeed('redeploy web --env dev --sandbox --yes');

  const run = await project.platform(
    'redeploy worker --wait-anyway --env dev --sandbox --json',
    agreeing(loseKey(project)),
  );
  expect(run.exitCode).toBe(1);
  expect(run.json().error).toMatchObject({ id: 'redeploy-not-proven', details: { causes: [{ id: 'F-44' }] } });
  expect(lastDeployment(project, 'worker').at(-1)!.statusReason).toMatch(/circuit breaker/);
});

it('F-53: a first deployment is deleted again, and what its tasks said is kept', async () => {
  const { startDeployable } = await import('../testing/deployable.ts');
  const project = await startDeployable({
    yaml: twoServices(),
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  await project.aws.world.setSpeed(1000);
  setBehaviour(project.aws.scope, '$ work', {
    exit: { code: 1, afterMs: 1_000 },
    logs: ["ModuleNotFoundError: No module named 'shop'"],
  });
  const run = await holdTime(project, 'deploy --env dev --sandbox --yes --json', [
    { from: haveFailed(project, 2), until: hasAsked(project, 'cloudformation:DeleteStack') },
  ]);
  expect(run.exitCode).toBe(1);
  const { error } = run.json();
  expect(error).toMatchObject({ id: 'rollout-stopped', details: { service: 'worker', endedBy: 'platform' } });
  expect(error.message).toContain('demo-dev-service-worker is gone again, none of its tasks runs');
  const { stacks } = (await project.platform('status --env dev --sandbox --json')).json();
  expect(stacks.map(({ id }: { id: string }) => id)).not.toContain('service-worker');
  expect((await project.platform('explain')).stdout).toContain("| ModuleNotFoundError: No module named 'shop'");

  setBehaviour(project.aws.scope, '$ work', {});
  await project.aws.world.setSpeed(100_000);
  await project.succeed('deploy --env dev --sandbox --yes');
});
