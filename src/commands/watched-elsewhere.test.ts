import { ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { hasAsked, haveFailed, holdTime } from '../testing/hold-time.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices, twoServices } from '../testing/two-services.ts';

const on = '--env dev --sandbox';

async function start() {
  const project = await startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  await project.aws.world.setSpeed(1000);
  return project;
}
const crash = ({ aws }: Deployable) =>
  setBehaviour(aws.scope, '$ work', { exit: { code: 1, afterMs: 1_000 }, logs: ["Error: Cannot find module 'shop'"] });

const asked = async ({ aws }: Deployable, operation: string) => {
  while (!aws.calls.some((call) => call.operation === operation)) await new Promise((done) => setImmediate(done));
};

it('F-103: deploy --attach says why what runs elsewhere cannot come up, takes nothing back, and tells the cause again', async () => {
  const project = await start();
  project.configure(twoServices('cpu: 1024').replace('cpu: 1024', 'cpu: 1024\n    memory: 2048'));
  crash(project);
  project.forget();
  const running = project.platform(`deploy ${on} --yes --wait-anyway --json`);
  await asked(project, 'ExecuteChangeSet');
  await project.aws.world.setSpeed(1e-3);
  const watched = await holdTime(project, `deploy --attach ${on} --json`, [
    { from: (said) => said.includes('runs deploy'), speed: 1000 },
    { from: haveFailed(project, 1), until: (said) => said.includes('; 1 stopped: ') },
    { from: haveFailed(project, 2), until: (said) => said.includes('worker cannot come up') },
  ]);
  expect((await running).exitCode).toBe(1);
  expect(watched.exitCode).toBe(1);
  expect(watched.stderr).toContain('rollout of worker: running, 0 of 1 new tasks run; 1 stopped: app exited with 1');
  expect(watched.stderr).toContain(
    'worker cannot come up: its image lacks the module shop (F-103); platform cancel --env dev --sandbox takes back what is under way',
  );
  expect(watched.json().error).toMatchObject({
    id: 'deploy-incomplete',
    remedy: expect.stringMatching(
      /^add it to the dependencies .*; then platform deploy --env dev --sandbox continues from there$/,
    ),
    details: { causes: [{ id: 'F-103', subject: 'services.worker', certainty: 'certain' }] },
  });
  expect(project.asked()).not.toContain('ecs:StopServiceDeployment');
  const told = await project.succeed('explain');
  expect(told.stdout).toContain("| Error: Cannot find module 'shop'");
});

it('F-103: what is being proven is watched too, and no proof is waited for that cannot come', async () => {
  const project = await start();
  crash(project);
  const { clusterArn: cluster, serviceName } = (await ecsServices(project)).worker!;
  const ecs = project.aws.client(ECSClient);
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName }));
  await project.aws.world.setSpeed(1e-3);
  await ecs.send(new StopTaskCommand({ cluster, task: taskArns[0]! }));
  project.forget();
  // It is watched before the first of those that are started in its place has ended.
  const run = await holdTime(project, `deploy --attach ${on} --json`, [
    { from: hasAsked(project, 'ecs:DescribeServices', 10), speed: 1000 },
  ]);
  expect(run.exitCode).toBe(1);
  expect(run.json().error).toMatchObject({
    id: 'release-not-proven',
    message: expect.stringContaining('its image lacks the module shop (F-103)'),
    details: { causes: [{ id: 'F-103' }] },
  });
  const kept = (await project.platform('explain --json')).json();
  expect(kept.seen).toContainEqual(expect.objectContaining({ kind: 'diagnosis', service: 'worker' }));
});
