import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DeleteSecretCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { lockHolder } from '../release/lock.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { ecsServices, scaleTo, startTwoServices } from '../testing/two-services.ts';

const SECRET = 'demo/dev/app';
const RESTART = 'ecs:UpdateService';

const push = ({ aws }: Deployable, value: string) =>
  aws.client(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: value }));

const rolloutsOf = async (project: Deployable) =>
  Object.fromEntries(
    Object.entries(await ecsServices(project)).map(([name, { deployments }]) => [name, deployments![0]!.id]),
  );

it('S3-66: replaces the tasks of the services that hold an old secret, of no other, and touches no count (F-60)', async () => {
  const project = await startTwoServices();
  const before = await rolloutsOf(project);

  const none = await project.succeed('redeploy --env dev --sandbox --json');
  expect(none.json()).toEqual({
    environment: 'dev',
    services: [],
    unchanged: ['web', 'worker'].map((name) => ({ name, why: 'its tasks hold what they should' })),
    dryRun: false,
  });

  await scaleTo(project, 'worker', 3);
  await push(project, '{"API_KEY":"canary-6c1f"}');
  const dry = await project.succeed('redeploy --env dev --sandbox --dry-run');
  expect(dry.stdout).toContain('Would replace the tasks of a service in dev; nothing was changed');
  expect(dry.stdout).toMatch(
    /worker {2}3 tasks hold the old value of API_KEY of secret demo\/dev\/app \(changed 20\S+Z\)/,
  );
  const nobody = await project.platform('redeploy --env dev --sandbox');
  expect(nobody.exitCode).toBe(2);
  expect(nobody.stderr).toContain('--yes');
  const no = await project.platform('redeploy --env dev --sandbox', { answer: () => false });
  expect(no.exitCode).toBe(5);
  expect(project.writes().filter((call) => /s3:Put|ecs:Up/.test(call))).toEqual([RESTART]);
  expect(await rolloutsOf(project)).toEqual(before);

  const done = await project.succeed('redeploy --env dev --sandbox --yes --json');
  const after = await rolloutsOf(project);
  expect(done.json()).toEqual({
    environment: 'dev',
    services: [
      {
        name: 'worker',
        why: expect.stringMatching(/^3 tasks hold the old value of API_KEY of secret demo\/dev\/app/),
        deployment: after.worker,
        settled: true,
        desired: 3,
        running: 3,
        healthy: null,
        digest: expect.stringMatching(/^sha256:/),
        simulated: true,
      },
    ],
    unchanged: [{ name: 'web', why: 'its tasks hold what they should' }],
    dryRun: false,
  });
  expect(after.web).toBe(before.web);
  expect(after.worker).not.toBe(before.worker);
  expect(done.stderr).toContain('worker: done, 3/3 fresh tasks');
  expect(done.stdout + done.stderr).not.toContain('canary');
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

  // Twice is safe: nothing needs it any more.
  expect((await project.succeed('redeploy --env dev --sandbox --yes --json')).json().services).toEqual([]);
  expect(await rolloutsOf(project)).toEqual(after);
});

it('replaces the tasks of named services and of all, side by side, and proves the health of their targets', async () => {
  const project = await startTwoServices();
  const before = await rolloutsOf(project);
  const web = await project.succeed('redeploy web --env dev --sandbox --yes --json');
  expect(web.json().services).toMatchObject([{ name: 'web', why: 'asked for', settled: true, running: 1, healthy: 1 }]);
  expect((await rolloutsOf(project)).worker).toBe(before.worker);

  const one = await project.succeed('redeploy web worker --if-needed --env dev --sandbox --yes --json');
  expect(one.json().services).toEqual([]);
  const all = await project.succeed('redeploy --all --env dev --sandbox --yes');
  expect(all.stdout).toMatch(/^dev runs fresh tasks\n {2}web {2}1\/1 tasks, 1 healthy {2}sha256:/);

  await scaleTo(project, 'worker', 0);
  const paused = await project.succeed('redeploy worker --env dev --sandbox --yes');
  expect(paused.stdout).toContain('no task is to run: there is nothing to replace');
});

it.each([
  ['wbe', 2, 'id: service-unknown', 'name web'],
  ['--all web', 2, 'id: option-conflict', "ption '--all' cannot be used with services"],
  ['web --timeout soon', 2, 'id: argument-invalid', 'a number of minutes'],
  ['web --env prod', 1, 'id: service-not-deployed', 'platform deploy --env prod'],
])('redeploy %s changes nothing: exit %i', async (words, exitCode, id, text) => {
  const { startDeployable } = await import('../testing/deployable.ts');
  const { twoServices } = await import('../testing/two-services.ts');
  const project = await startDeployable({ yaml: twoServices() });
  const run = await project.platform(`redeploy ${words.includes('--env') ? '' : '--env dev'} ${words} --yes`);
  expect(run).toMatchObject({ exitCode });
  expect(run.stderr).toContain(id);
  expect(run.stderr).toContain(text);
  expect(project.writes()).toEqual([]);
});

it('says why the new tasks did not stay up, and that ECS went back: exit 1 (F-52)', async () => {
  const project = await startTwoServices();
  setBehaviour(project.aws.scope, '*', { exit: { code: 3, afterMs: 1_000 } });
  const run = await project.platform('redeploy worker --env dev --sandbox --wait-anyway --yes --json');
  expect(run.exitCode).toBe(1);
  const { error } = run.json();
  expect(error).toMatchObject({ id: 'redeploy-not-proven', kind: 'failed' });
  expect(error.message).toMatch(/^worker: ECS went back to the tasks before: /);
  expect(error.message).toContain('its program ended with exit code 3 (F-50)');
  expect(error.remedy).toBe('platform logs worker --stopped --env dev --sandbox shows its last lines');
  expect(error.details.causes).toMatchObject([
    {
      id: 'F-50',
      subject: 'services.worker',
      certainty: 'certain',
      evidence: [{ call: 'ecs:DescribeTasks', read: 'tasks[0].containers[0].exitCode', value: '3' }],
    },
  ]);
  expect((await ecsServices(project)).worker).toMatchObject({ runningCount: 1, desiredCount: 1 });
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();
});

it('looks first whether fresh tasks would start: image (F-43), secret (F-91), its keys (F-44)', async () => {
  const project = await startTwoServices();
  const secrets = project.aws.client(SecretsManagerClient);
  const refused = async (words: string) => {
    const run = await project.platform(`redeploy ${words} --env dev --sandbox --yes --json`);
    expect(run.exitCode).toBe(1);
    expect(run.json().error.id).toBe('tasks-would-not-start');
    return run
      .json()
      .error.problems.map(({ rule, message }: { rule: string; message: string }) => `${rule} ${message}`);
  };
  await secrets.send(new DeleteSecretCommand({ SecretId: SECRET }));
  expect(await refused('worker')).toEqual([`F-91 worker is given secret ${SECRET}, which is scheduled for deletion`]);
  await secrets.send(new RestoreSecretCommand({ SecretId: SECRET }));
  await push(project, '{"APIKEY":"canary-1d0e"}');
  expect(await refused('')).toEqual([`F-44 worker is given API_KEY of secret ${SECRET}, which does not have it`]);
  // A key that is gone has no old value, and its way out is told once.
  const told = await project.platform('redeploy worker --env dev --sandbox --yes');
  expect(told.stderr).not.toContain('old value');
  expect(told.stderr.match(/platform secrets push/g)).toHaveLength(1);
  await push(project, 'canary-plain');
  expect(await refused('worker')).toEqual([`F-47 worker is given keys of secret ${SECRET}, whose value is not JSON`]);
  await push(project, '{"API_KEY":"x"}');

  const definition = (await ecsServices(project)).worker!;
  const image = (await project.succeed('status --env dev --sandbox --json'))
    .json()
    .services.find(({ name }: { name: string }) => name === 'worker').digest;
  await project.aws
    .client(ECRClient)
    .send(new BatchDeleteImageCommand({ repositoryName: 'demo-dev-worker', imageIds: [{ imageDigest: image }] }));
  expect(await refused('worker')).toEqual([expect.stringMatching(/^F-43 The image of worker is no longer in ECR: /)]);
  expect((await ecsServices(project)).worker!.deployments).toEqual(definition.deployments);
  expect(project.writes()).not.toContain(RESTART);
});

it('--no-wait returns at once with 0; time that runs out is 8, and so is Ctrl-C: ECS goes on', async () => {
  const project = await startTwoServices();
  await project.aws.world.setSpeed(1e-6);
  const begun = await project.succeed('redeploy web --no-wait --env dev --sandbox --yes --json');
  expect(begun.json().services).toMatchObject([
    { name: 'web', settled: false, deployment: (await rolloutsOf(project)).web },
  ]);
  const late = await project.platform('redeploy worker --timeout 0.001 --env dev --sandbox --yes');
  expect(late.exitCode).toBe(8);
  expect(late.stderr).toMatch(/id: redeploy-not-over/);
  expect(late.stderr).toContain('platform status --env dev --sandbox shows how far it is');

  project.forget();
  const left = await project.platform('redeploy web --env dev --sandbox --yes', {
    during: (press) => {
      void (async () => {
        while (!project.asked().includes(RESTART)) await new Promise((done) => setImmediate(done));
        press();
      })();
    },
  });
  expect(left.exitCode).toBe(8);
  expect(left.stderr).toContain('id: redeploy-left');
  expect(await lockHolder(stateObjects(project.aws), 'dev')).toBeUndefined();

  // A rollout that began after the secret changed is watched, and none is begun beside it.
  await project.aws.world.setSpeed(1e6);
  await project.aws.settle();
  await push(project, '{"API_KEY":"new"}');
  await project.aws.world.setSpeed(1e-6);
  await project.succeed('redeploy --no-wait --env dev --sandbox --yes');
  project.forget();
  const again = await project.platform('redeploy --timeout 0.001 --env dev --sandbox --yes');
  expect(again.exitCode).toBe(8);
  expect(again.stderr).toContain('a rollout that began after the change of secret demo/dev/app is under way');
  expect(project.writes()).not.toContain(RESTART);
});
