import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startSmallEnvironment } from '../testing/scenarios/small-environment.ts';
import { startPlatform } from '../testing/start-platform.ts';

const PLACE = '--env dev --sandbox';

const keysOf = async ({ aws }: Deployable): Promise<string[]> => {
  const secrets = aws.client(SecretsManagerClient);
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: 'demo/dev/app' }));
  return Object.keys(JSON.parse(SecretString!)).sort();
};

it('lists the scenarios, and says all about one', async () => {
  const { platform } = await startPlatform();
  const { exitCode, stdout } = await platform('sandbox scenarios');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^F-44 +secret-key-missing +A secret has lost a key that a service asks for$/m);
  const { scenarios } = (await platform('sandbox scenarios --json')).json();
  expect(scenarios.find(({ id }: { id: string }) => id === 'secret-key-missing')).toMatchObject({
    failure: 'F-44',
    when: 'deployed',
    aws: [{ source: expect.stringMatching(/^https:/) }],
    near: expect.arrayContaining(['secret-deleted']),
  });
  const one = await platform('sandbox scenarios secret-key-missing');
  expect(one.stdout).toContain('did not contain json key');
  expect(one.stdout).toContain('platform sandbox break secret-key-missing');
  const wrong = await platform('sandbox scenarios secret-key-mising');
  expect(wrong).toMatchObject({ exitCode: 2 });
  expect(wrong.stderr).toContain('fix: name secret-key-missing');
});

it('says what it broke, what to type, and what mends it; --dry-run breaks nothing', async () => {
  const project = await startSmallEnvironment('deployed');
  project.forget();
  const dry = await project.succeed(`sandbox break secret-key-missing ${PLACE} --dry-run --json`);
  expect(dry.json()).toMatchObject({
    dryRun: true,
    scenarios: [{ id: 'secret-key-missing', service: 'web', done: [] }],
  });
  expect(project.writes()).toEqual([]);
  expect(await keysOf(project)).toEqual(['API_KEY', 'SIGNING_KEY']);

  const { stdout } = await project.succeed(`sandbox break secret-key-missing ${PLACE}`);
  expect(stdout).toBe(
    [
      'secret-key-missing: A secret has lost a key that a service asks for (F-44)',
      '  broken: secret demo/dev/app has no key API_KEY any more',
      '  now type: platform redeploy web --env dev --sandbox',
      '  way out: platform secrets push --env dev --sandbox',
      '',
    ].join('\n'),
  );
  expect(await keysOf(project)).toEqual(['SIGNING_KEY']);

  // What is broken already cannot be broken again, and says so.
  const again = await project.platform(`sandbox break secret-key-missing ${PLACE}`);
  expect(again).toMatchObject({ exitCode: 1 });
  expect(again.stderr).toContain('id: scenario-refused');
  expect(again.stderr).toContain('demo/dev/app has no key API_KEY to lose');
});

it('breaks several things together, and nothing unless all can be', async () => {
  const project = await startSmallEnvironment('deployed');
  const no = await project.platform(`sandbox break secret-key-missing image-gome ${PLACE}`);
  expect(no).toMatchObject({ exitCode: 2 });
  expect(no.stderr).toContain('fix: name image-gone');
  expect(await keysOf(project)).toEqual(['API_KEY', 'SIGNING_KEY']);

  await project.succeed(`sandbox break secret-key-missing image-gone ${PLACE}`);
  const run = await project.platform(`redeploy web ${PLACE} --yes --json`);
  const rules = run.json().error.problems.map(({ rule }: { rule: string }) => rule);
  expect(rules.sort()).toEqual(['F-43', 'F-44']);
});

it.each([
  ['secret-key-missing --env dev', 'break-outside-sandbox', 'secret-key-missing --env dev --sandbox'],
  [`secret-key-missing --service wbe ${PLACE}`, 'service-unknown', 'name web'],
  [`secret-key-missing --service worker ${PLACE}`, 'scenario-needs', '--service'],
  [`secret-key-missing --heal ${PLACE}`, 'scenario-not-healable', 'platform secrets push --env dev --sandbox'],
  [PLACE, 'argument-missing', 'platform sandbox break --help'],
])('sandbox break %s: exit 2, and nothing is changed', async (words, id, remedy) => {
  const project = await startSmallEnvironment('deployed');
  project.forget();
  const run = await project.platform(`sandbox break ${words}`);
  expect(run.stderr).toContain(`id: ${id}`);
  expect(run.stderr).toContain(remedy);
  expect(run.exitCode).toBe(2);
  expect(project.writes()).toEqual([]);
  expect(await keysOf(project)).toEqual(['API_KEY', 'SIGNING_KEY']);
});

it('names what the environment lacks for a scenario, deployed or not', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const run = await project.platform(`sandbox break secret-key-missing ${PLACE}`);
  expect(run).toMatchObject({ exitCode: 2 });
  expect(run.stderr).toContain('is about a service that is given a key of a secret, and the environment has none');
});

it('heals although every call fails, because that is what it broke (F-30)', async () => {
  const project = await startSmallEnvironment('deployed');
  const broken = await project.succeed(`sandbox break credentials-expired ${PLACE}`);
  expect(broken.stdout).toContain('  undo: platform sandbox break credentials-expired --heal --env dev --sandbox\n');
  expect((await project.platform(`status ${PLACE}`)).exitCode).toBe(4);
  const { stdout } = await project.succeed(`sandbox break credentials-expired --heal ${PLACE}`);
  expect(stdout).toContain('healed: calls fail no more');
  await project.succeed(`status ${PLACE}`);
});
