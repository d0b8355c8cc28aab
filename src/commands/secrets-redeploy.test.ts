import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { startTwoServices, twoServices } from '../testing/two-services.ts';

const HELD = { service: 'worker', secretName: 'demo/dev/app', keys: ['API_KEY'], tasks: 1 };
const PUSH = 'secrets push --env dev --sandbox';

async function start() {
  const project = await startTwoServices();
  const file = (text: string) => writeFileSync(join(project.directory, '.env.dev'), text);
  const stored = async () => {
    const client = project.aws.client(SecretsManagerClient);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'demo/dev/app' }));
    return JSON.parse(SecretString!);
  };
  return { ...project, file, stored };
}

it('says which tasks still hold the value before, replaces just those with --redeploy, and then finds none (F-94, S3-66, S3-59)', async () => {
  const { file, succeed, asked, forget, platform } = await start();
  file('API_KEY=canary-second\n');
  const pushed = await succeed(`${PUSH} --yes --json`);
  expect(pushed.json()).toMatchObject({ written: { app: expect.any(String) }, oldValues: [HELD], redeployed: null });

  // A push that was killed before it got there is made good by the next one, which has nothing to write.
  const again = await succeed(`${PUSH} --yes`);
  expect(again.stdout).toBe(
    'Nothing to push: what is live is what the file says\n' +
      '1 task of worker still holds the old value of API_KEY of demo/dev/app: platform redeploy worker --env dev --sandbox\n',
  );
  const declined = await platform(PUSH, { answer: () => false });
  expect(declined.exitCode).toBe(0);
  expect(asked()).not.toContain('ecs:UpdateService');

  const offered: string[] = [];
  const answer = (question: string) => {
    offered.push(question);
    return true;
  };
  forget();
  const taken = await platform(`${PUSH} --json`, { answer });
  expect(taken.exitCode).toBe(0);
  expect(offered).toEqual(['worker runs with old values. Replace the tasks by fresh ones now? (--redeploy)']);
  expect(taken.json().redeployed).toEqual([expect.objectContaining({ name: 'worker', settled: true })]);
  expect(asked().filter((call) => call === 'ecs:UpdateService')).toHaveLength(1);
  expect((await succeed(`${PUSH} --json`)).json().oldValues).toEqual([]);

  file('API_KEY=canary-third\n');
  const dry = await succeed(`${PUSH} --dry-run --redeploy`);
  expect(dry.stderr).toContain('would then replace the tasks that hold old values');
  expect((await succeed(`${PUSH} --dry-run`)).stderr).not.toContain('replace the tasks');
  const all = await succeed(`${PUSH} --yes --redeploy`);
  expect(all.stdout).toContain('worker runs fresh tasks, 1/1');
  expect(all.stdout + all.stderr).not.toContain('canary');
});

it('knows what tasks hold after a secret went back, and forward again (F-92, F-94)', async () => {
  const { file, succeed } = await start();
  file('API_KEY=canary-second\n');
  await succeed(`${PUSH} --yes`);
  const restore = async (to: string) =>
    (await succeed(`secrets restore app --to ${to} --env dev --sandbox --yes --json`)).json();
  // No task was replaced meanwhile: what they hold is current again.
  expect((await restore('previous')).oldValues).toEqual([]);
  const none = await succeed('redeploy --env dev --sandbox --dry-run --json');
  expect(none.json().services).toEqual([]);
  await succeed('redeploy worker --env dev --sandbox --yes');
  const { versions } = (await succeed('secrets history app --env dev --sandbox --json')).json();
  // Fresh tasks are younger than the version that becomes current, and hold another all the same.
  const newest = versions.find(({ stages }: { stages: string[] }) => stages.includes('AWSPREVIOUS')).versionId;
  expect((await restore(newest)).oldValues).toEqual([HELD]);
});

it('leaves tasks alone that are given none of the keys that changed', async () => {
  const { configure, file, succeed } = await start();
  configure(twoServices().replace('API_KEY: {} }', 'API_KEY: {}, OTHER: {} }'));
  file('OTHER=canary\n');
  const pushed = await succeed(`${PUSH} --yes --json`);
  expect(pushed.json().secrets[0]).toMatchObject({ added: ['OTHER'], kept: ['API_KEY'], unused: ['OTHER'] });
  expect(pushed.json().oldValues).toEqual([]);
  expect((await succeed('redeploy --env dev --sandbox --yes --json')).json().services).toEqual([]);
});

it('never takes a key away that a running revision or the newest release needs, whoever agrees (F-44)', async () => {
  const { configure, file, platform, stored, writes, forget, succeed } = await start();
  const before = await stored();
  // Nobody declares the key any more, and what runs was started with it.
  configure(twoServices().replaceAll('API_KEY', 'RENAMED'));
  file('RENAMED=canary\n');
  forget();
  const pruned = await platform(`${PUSH} --prune --yes --json`);
  expect(pruned.exitCode).toBe(1);
  expect(pruned.json().error.id).toBe('secret-key-in-use');
  expect(pruned.json().error.problems[0].message).toMatch(
    /^API_KEY of demo\/dev\/app is needed by the running revision of worker, release 2\S+$/,
  );
  expect(writes()).toEqual([]);
  expect(await stored()).toEqual(before);

  await succeed(`${PUSH} --yes`);
  expect(await stored()).toEqual({ ...before, RENAMED: 'canary' });
  await succeed('deploy --env dev --sandbox --yes');
  await succeed(`${PUSH} --prune --yes`);
  expect(await stored()).toEqual({ RENAMED: 'canary' });
  // Nor does it go back to a version without the key that runs now.
  const { versions } = (await succeed('secrets history app --env dev --sandbox --json')).json();
  const oldest = versions.at(-1).versionId;
  const back = await platform(`secrets restore app --to ${oldest} --env dev --sandbox --yes --json`);
  expect([back.exitCode, back.json().error.id]).toEqual([1, 'secret-key-in-use']);
  expect(await stored()).toEqual({ RENAMED: 'canary' });
});

it('F-14: a deployment that finds nothing to do says which tasks hold old values, and not F-14 when none does', async () => {
  const { file, succeed, asked, forget } = await start();
  expect((await succeed('deploy --env dev --sandbox --yes')).stderr).not.toContain('F-14');
  file('API_KEY=canary-fourth\n');
  await succeed(`${PUSH} --yes`);
  forget();
  const deployed = await succeed('deploy --env dev --sandbox --yes');
  expect(deployed.stdout).toContain('dev is as configured: nothing changed');
  expect(deployed.stderr).toContain(
    'there was nothing to deploy (F-14): 1 task of worker still holds the old value of API_KEY of demo/dev/app. platform redeploy worker --env dev --sandbox replaces it',
  );
  expect(deployed.stdout + deployed.stderr).not.toContain('canary');
  expect(asked()).not.toContain('ecs:UpdateService');
  await succeed('redeploy worker --env dev --sandbox --yes');
  expect((await succeed('deploy --env dev --sandbox --yes')).stderr).not.toContain('F-14');
});
