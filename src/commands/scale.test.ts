import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { ecsServices, scaleTo, startTwoServices, twoServices } from '../testing/two-services.ts';

async function boundsOf({ aws }: Deployable, name: string) {
  const { ScalableTargets = [] } = await aws
    .client(ApplicationAutoScalingClient)
    .send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }));
  const { MinCapacity, MaxCapacity, SuspendedState } = ScalableTargets.find(({ ResourceId }) =>
    ResourceId!.includes(`-service-${name}-`),
  )!;
  return { min: MinCapacity, max: MaxCapacity, suspended: SuspendedState!.DynamicScalingOutSuspended };
}

const countOf = async (project: Deployable, name: string) => (await ecsServices(project))[name]!.desiredCount;
const on = '--env dev --sandbox';

it('scale sets bounds and the count within them, says how to keep them, and no deployment takes the count back (F-60)', async () => {
  const project = await startTwoServices();
  const before = await boundsOf(project, 'worker');
  const dry = await project.succeed(`scale worker --min 3 --max 6 ${on} --dry-run`);
  expect(dry.stdout).toContain('worker  1 → 3 tasks, between 3 and 6');
  expect((await project.platform(`scale worker 3 ${on}`)).exitCode).toBe(2);
  expect((await project.platform(`scale worker 3 ${on}`, { answer: () => false })).exitCode).toBe(5);
  expect(project.writes()).toEqual([]);

  const run = await project.succeed(`scale worker --min 3 --max 6 ${on} --yes --json`);
  expect(run.json()).toEqual({
    environment: 'dev',
    services: [
      {
        name: 'worker',
        before: { desired: 1, min: before.min, max: before.max },
        after: { desired: 3, min: 3, max: 6 },
        settled: true,
        running: 3,
      },
    ],
    unchanged: [],
    dryRun: false,
  });
  expect(run.stderr).toContain('environments.dev.services.worker.scaling: { min: 3, max: 6 }');
  expect(await boundsOf(project, 'worker')).toEqual({ min: 3, max: 6, suspended: false });
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
  project.forget();
  const again = await project.succeed(`scale worker --min 3 --max 6 ${on} --yes --json`);
  expect(again.json()).toMatchObject({ services: [], unchanged: [{ name: 'worker' }] });
  expect(project.writes()).toEqual([]);

  project.configure(twoServices('memory: 2048'));
  await project.succeed(`deploy ${on} --yes`);
  expect(await countOf(project, 'worker')).toBe(3);
  await project.succeed(`redeploy worker ${on} --yes`);
  expect(await countOf(project, 'worker')).toBe(3);
  await project.succeed(`rollback ${on} --yes`);
  expect(await countOf(project, 'worker')).toBe(3);
  const exact = await project.succeed(`scale worker 2 ${on} --yes --json`);
  expect(exact.json().services).toMatchObject([{ after: { desired: 2, min: 2, max: 2 }, running: 2 }]);
});

it.each([
  ['scale worker', 'id: option-conflict'],
  ['scale worker 3 --max 4', 'id: option-conflict'],
  ['scale worker many', 'id: argument-invalid'],
  ['scale worker --min -1', 'id: argument-invalid'],
  ['scale wrker 3', 'id: service-unknown'],
  ['pause wrker', 'name worker'],
  ['resume wrker', 'name worker'],
])('%s is a mistake of the command line: exit 2, nothing is changed', async (words, text) => {
  const project = await startDeployable({ yaml: twoServices() });
  const run = await project.platform(`${words} --env dev --yes`);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(text);
  expect(project.writes()).toEqual([]);
});

it('S4-136: pause stops every task and remembers, deploy does not wake what is paused, resume puts it back', async () => {
  const project = await startTwoServices();
  await scaleTo(project, 'worker', 3);
  const before = await boundsOf(project, 'worker');
  project.forget();
  expect((await project.platform(`pause ${on}`)).exitCode).toBe(2);
  await project.succeed(`pause ${on} --dry-run`);
  expect(project.writes()).toEqual([]);

  // Cut off after it was written down: the next pause finishes it, and keeps what was written first.
  project.aws.faults.push({
    operation: 'RegisterScalableTarget',
    with: new AwsFault('AccessDeniedException', 'User is not authorized', { status: 400 }),
  });
  expect((await project.platform(`pause worker ${on} --yes`)).exitCode).toBe(4);
  await scaleTo(project, 'worker', 1);
  const paused = await project.succeed(`pause ${on} --yes --json`);
  expect(paused.json().services).toMatchObject([
    { name: 'web', after: { desired: 0, min: 0 }, settled: true, running: 0 },
    { name: 'worker', after: { desired: 0, min: 0 }, settled: true, running: 0 },
  ]);
  expect(await boundsOf(project, 'worker')).toEqual({ min: 0, max: before.max, suspended: true });
  const twice = await project.succeed(`pause worker ${on} --yes --json`);
  expect(twice.json()).toMatchObject({ services: [], unchanged: [{ name: 'worker', why: 'it is paused' }] });

  const status = await project.succeed(`status ${on} --json`);
  expect(status.json().services).toMatchObject([{ name: 'web', paused: true, desired: 0 }, { paused: true }]);
  expect((await project.succeed(`status ${on}`)).stdout).toMatch(/worker +0\/0 running, paused, no image/);
  const refused = await project.platform(`scale worker 2 ${on} --yes`);
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/platform resume --env dev --sandbox worker\n/),
  });

  project.configure(twoServices('memory: 2048'));
  const deployed = await project.succeed(`deploy ${on} --yes --json`);
  expect(deployed.json().services).toMatchObject([{ running: 0 }, { running: 0 }]);
  await project.aws.settle();
  expect([await countOf(project, 'web'), await countOf(project, 'worker')]).toEqual([0, 0]);

  const resumed = await project.succeed(`resume worker ${on} --yes --json`);
  expect(resumed.json().services).toMatchObject([{ name: 'worker', after: { desired: 3 }, settled: true, running: 3 }]);
  expect(await boundsOf(project, 'worker')).toEqual(before);
  expect(await countOf(project, 'web')).toBe(0);
  await project.succeed(`resume ${on} --yes`);
  expect((await project.succeed(`status ${on} --json`)).json().services).toMatchObject([
    { name: 'web', paused: false, running: 1, healthy: 1 },
    { name: 'worker', paused: false, running: 3 },
  ]);
  const awake = await project.succeed(`resume ${on} --yes --json`);
  expect(awake.json()).toMatchObject({ services: [], unchanged: [{ why: 'it is not paused' }, {}] });
});
