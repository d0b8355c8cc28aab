import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { hasAsked, haveFailed, holdTime } from '../testing/hold-time.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices, twoServices } from '../testing/two-services.ts';

const on = '--env dev --sandbox';
const LAST = "ModuleNotFoundError: No module named 'shop'";

async function start() {
  const project = await startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  await project.aws.world.setSpeed(1000);
  return project;
}
const crash = ({ aws }: Deployable) =>
  setBehaviour(aws.scope, '*', { exit: { code: 1, afterMs: 1_000 }, logs: [LAST, 'password=canary-9c'] });

describe('counts are watched to their end', () => {
  it('F-103: resume says why no task comes up, without waiting its time out; what was paused can be resumed', async () => {
    const project = await start();
    await project.succeed(`pause worker ${on} --yes`);
    crash(project);
    await project.aws.world.setSpeed(1e-3);
    project.forget();
    const run = await holdTime(project, `resume worker ${on} --yes --json`, [
      // It is watched before the first task has ended.
      { from: hasAsked(project, 'ecs:DescribeServices', 10), speed: 1000 },
      { from: haveFailed(project, 1), until: (said) => said.includes('; 1 stopped: ') },
    ]);
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({
      id: 'counts-not-proven',
      message: expect.stringContaining('worker: its image lacks the module shop (F-103)'),
      remedy: expect.stringMatching(/^add it to the dependencies/),
      details: { causes: [{ id: 'F-103', subject: 'services.worker', certainty: 'certain' }] },
    });
    expect(run.stderr).toContain('0/1 tasks run; 1 stopped: app exited with 1');
    expect(run.stdout + run.stderr).not.toContain('canary');
    const told = await project.succeed('explain');
    expect(told.stdout).toContain(`| ${LAST}`);
    expect(told.stdout).not.toContain('canary');

    setBehaviour(project.aws.scope, '*', {});
    await project.aws.world.setSpeed(100_000);
    // It was not forgotten that it is paused, so the same command again does the rest.
    const again = await project.succeed(`resume worker ${on} --yes --json`);
    expect(again.json().services).toMatchObject([{ name: 'worker', settled: true, running: 1 }]);
  });

  it('F-103: scale too, and the tasks that ran go on; with --wait-anyway it waits all the same', async () => {
    const project = await start();
    crash(project);
    const run = await project.platform(`scale worker 3 ${on} --yes --json`);
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({ id: 'counts-not-proven', details: { causes: [{ id: 'F-103' }] } });
    expect((await ecsServices(project)).worker).toMatchObject({ desiredCount: 3, runningCount: 1 });

    // Healthy for a while, so that what comes is not the tenth failure in a row, after which ECS tries seldom.
    setBehaviour(project.aws.scope, '*', {});
    await project.aws.world.setSpeed(100_000);
    await project.succeed(`scale worker 2 ${on} --yes`);
    await project.aws.world.setSpeed(1000);
    crash(project);
    project.forget();
    const waited = await holdTime(project, `scale worker 3 ${on} --yes --json --wait-anyway`, [
      {
        from: hasAsked(project, 'logs:GetLogEvents', 2),
        act: () => setBehaviour(project.aws.scope, '*', {}),
        speed: 100_000,
      },
    ]);
    expect(waited.json().services).toMatchObject([{ settled: true, running: 3 }]);
  });

  it('is not F-103 when an earlier task ended so: what stopped before says nothing of now', async () => {
    const project = await start();
    crash(project);
    await project.platform(`scale worker 2 ${on} --yes`);
    setBehaviour(project.aws.scope, '*', {});
    await project.aws.world.setSpeed(100_000);
    const run = await project.succeed(`scale worker 3 ${on} --yes --json`);
    expect(run.json().services).toMatchObject([{ settled: true, running: 3 }]);
  });
});

it('a rollout that somebody else begins beside ours is told for what it is, and goes on', async () => {
  const project = await start();
  const { clusterArn: cluster, serviceName: service } = (await ecsServices(project)).worker!;
  const begins = () =>
    project.aws.client(ECSClient).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  const run = await holdTime(project, `redeploy worker ${on} --yes --json`, [
    { from: hasAsked(project, 'ecs:UpdateService'), act: begins },
  ]);
  expect(run.exitCode).toBe(1);
  expect(run.json().error).toMatchObject({
    id: 'redeploy-not-proven',
    message: expect.stringContaining('another rollout has taken the place of this one, and was left alone'),
  });
  await project.aws.settle();
  expect((await ecsServices(project)).worker!.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
});
