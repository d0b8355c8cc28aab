import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const worker = (secret: string) =>
  smallYaml(
    `secrets: { app: ${secret} }\nservices: { worker: { image: { context: . }, secrets: { "*": "secret.app#*" } } }`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const FROM_FILE = '{ keys: { API_KEY: {} } }';
const GENERATED =
  '{ source: generated, keys: { SESSION: { generate: { length: 40 } }, SALT: { generate: { alphabet: hex } } } }';
const NAME = 'demo/dev/app';

describe('a secret that nobody has made', () => {
  it('stops a deployment to an account before anything is changed (F-90)', async () => {
    const project = await startDeployable({ yaml: worker(FROM_FILE) });
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error.id).toBe('deploy-blocked');
    expect(run.json().error.problems).toContainEqual(
      expect.objectContaining({
        rule: 'F-90',
        message: `There is no secret ${NAME}`,
        remedy: 'platform secrets push --env dev',
      }),
    );
    expect(project.writes()).toEqual([]);
  });

  it('is told from one that is scheduled for deletion (S1-80, F-91)', async () => {
    const project = await startDeployable({ yaml: worker(FROM_FILE) });
    const client = project.aws.client(SecretsManagerClient);
    await client.send(new CreateSecretCommand({ Name: NAME, SecretString: '{"API_KEY":"x"}' }));
    await client.send(new DeleteSecretCommand({ SecretId: NAME }));
    project.forget();
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.json().error.problems).toContainEqual(
      expect.objectContaining({ rule: 'F-91', remedy: 'platform secrets restore --env dev app' }),
    );
    expect(project.writes()).toEqual([]);
  });

  it('is made by a deployment when every key is generated, on any target and only after the yes', async () => {
    const project = await startDeployable({ yaml: worker(GENERATED) });
    const client = project.aws.client(SecretsManagerClient);
    expect((await project.platform('deploy --env dev --sandbox')).exitCode).toBe(2);
    expect((await client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
    await project.succeed('deploy --env dev --sandbox --yes');
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: NAME }));
    const values = JSON.parse(SecretString!);
    expect(values).toEqual({
      SESSION: expect.stringMatching(/^[\w-]{40}$/),
      SALT: expect.stringMatching(/^[0-9a-f]{50}$/),
    });

    // The same account, no rehearsal any more: its image is there, and what was made stays.
    project.forget();
    await project.succeed('deploy --env dev --yes --no-build');
    expect(project.asked()).not.toContain('secretsmanager:CreateSecret');
    await client.send(new DeleteSecretCommand({ SecretId: NAME, ForceDeleteWithoutRecovery: true }));
    const { stderr, stdout } = await project.succeed('deploy --env dev --yes --no-build');
    expect(stderr).toContain(`Secret ${NAME} was made with generated values`);
    const again = await client.send(new GetSecretValueCommand({ SecretId: NAME }));
    expect(JSON.parse(again.SecretString!).SESSION).not.toBe(values.SESSION);
    expect(stdout + stderr).not.toContain(JSON.parse(again.SecretString!).SESSION);
  });
});

describe('a secret that is there and would keep tasks from starting', () => {
  const KEYS = '{ keys: { API_KEY: { hint: "Dashboard, keys" }, HOOK: { phase: after-deploy } } }';

  it.each([
    ['{"HOOK":""}', 'F-44', `worker asks for API_KEY of ${NAME}, which does not have it: Dashboard, keys`],
    ['{"API_KEY":"a"}', 'F-44', `worker asks for HOOK of ${NAME}, which does not have it`],
    ['{"API_KEY":"","HOOK":""}', 'F-93', `API_KEY of ${NAME} is empty: Dashboard, keys`],
    ['canary', 'F-47', `Secret ${NAME} has no keys: it is plain text, not JSON. worker asks for API_KEY`],
    ['["canary"]', 'F-47', `Secret ${NAME} has no keys: it is JSON without keys. worker asks for API_KEY`],
    [undefined, 'F-90', `Secret ${NAME} has no value yet`],
  ])('%j stops a deployment before anything is changed (%s, S3-69)', async (SecretString, rule, message) => {
    const project = await startDeployable({ yaml: worker(KEYS) });
    await project.aws.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: NAME, SecretString }));
    project.forget();
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error.problems.filter(({ path }: { path: string }) => path === 'secrets.app')).toEqual([
      {
        rule,
        severity: 'error',
        path: 'secrets.app',
        message,
        remedy: 'platform secrets push --env dev',
        evidence: [expect.objectContaining({ call: 'secretsmanager:GetSecretValue' })],
      },
    ]);
    expect(run.stdout + run.stderr).not.toContain('canary');
    expect(project.writes()).toEqual([]);
  });

  it('lets a key be empty that is known only after the deployment, once it is pushed (S3-24, not F-93)', async () => {
    const project = await startDeployable({ yaml: worker(KEYS), files: { '.env.dev': 'API_KEY=a\n' } });
    await project.succeed('secrets push --env dev --yes');
    const run = await project.platform('deploy --env dev --yes --json');
    // Nothing but the image is in the way.
    expect([run.exitCode, run.json().error.id]).toEqual([8, 'images-awaited']);
  });

  it('goes on with a warning where the keys may not be looked at', async () => {
    const project = await startDeployable({ yaml: worker(KEYS) });
    await project.aws.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: NAME, SecretString: 'x' }));
    project.aws.faults.push({
      operation: 'GetSecretValue',
      times: 9,
      with: new AwsFault('AccessDeniedException', 'User is not authorized'),
    });
    const run = await project.platform('deploy --env dev --yes --json');
    expect([run.exitCode, run.json().error.id]).toEqual([8, 'images-awaited']);
    expect(run.stderr).toContain(`the keys of secret ${NAME} were not looked at`);
  });

  it('is filled by the push after the deployment with what only that could tell', async () => {
    const keys = '{ keys: { MEDIA: { default: "s3://${bucket.media.name}/" } } }';
    const project = await startDeployable({ yaml: `${worker(keys)}buckets: { media: {} }\n` });
    const push = async () => (await project.succeed('secrets push --env dev --sandbox --yes --json')).json();
    expect((await push()).secrets[0]).toMatchObject({ added: ['MEDIA'], later: ['MEDIA'], missing: [] });
    const { outputs } = (await project.succeed('deploy --env dev --sandbox --yes --json')).json();
    const filled = await push();
    expect(filled.secrets[0]).toMatchObject({ changed: ['MEDIA'], later: [] });
    expect(filled.oldValues).toEqual([{ service: 'worker', secretName: NAME, keys: ['MEDIA'], tasks: 1 }]);
    const client = project.aws.client(SecretsManagerClient);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: NAME }));
    expect(JSON.parse(SecretString!)).toEqual({ MEDIA: `s3://${outputs['buckets.media.name']}/` });
  });

  it('gets new keys that are generated, on any target', async () => {
    const project = await startDeployable({ yaml: worker(GENERATED) });
    await project.succeed('deploy --env dev --sandbox --yes');
    project.configure(worker(GENERATED.replace('{ SESSION', '{ NEW: { generate: { length: 20 } }, SESSION')));
    const run = await project.succeed('deploy --env dev --yes --no-build');
    expect(run.stderr).toContain(`Secret ${NAME} has NEW now, generated`);
    const { secrets } = (await project.succeed('secrets list --env dev --json')).json();
    expect(secrets[0]).toMatchObject({ missing: [], unchanged: ['NEW', 'SALT', 'SESSION'] });
  });

  it('in a rehearsal gets what is new in the configuration, and is refused for what it had and lost', async () => {
    const project = await startDeployable({ yaml: worker(FROM_FILE) });
    const client = project.aws.client(SecretsManagerClient);
    const deploy = 'deploy --env dev --sandbox --yes --json';
    await project.succeed(deploy);
    project.configure(worker('{ keys: { API_KEY: {}, LATER: { type: url } } }'));
    const { stderr } = await project.succeed(deploy);
    expect(stderr).toContain(`Secret ${NAME} has LATER now, with values for the sandbox only`);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: NAME }));
    expect(JSON.parse(SecretString!)).toEqual({ API_KEY: 'sandbox-api_key', LATER: 'https://sandbox.invalid' });

    await client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: '{"API_KEY":"a"}' }));
    const lost = await project.platform(deploy);
    expect(lost.exitCode).toBe(1);
    expect(lost.json().error.problems).toEqual([
      expect.objectContaining({ rule: 'F-44', remedy: 'platform secrets push --env dev --sandbox' }),
    ]);
  });
});

it('no secret is ever printed or written beside the project: not by a deployment, a failure or --debug', async () => {
  const canaries = { file: 'canary-of-the-file-7f3a', pushed: 'canary-pushed-9b2c' };
  const yaml = smallYaml(
    [
      'secrets: { app: { keys: { API_KEY: {} } }, pushed: { keys: { TOKEN: {} } } }',
      'services: { worker: { image: { context: . }, secrets: { API_KEY: "secret.app#API_KEY", TOKEN: "secret.pushed#TOKEN" } } }',
    ].join('\n'),
  ).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml, files: { '.env.dev': `API_KEY=${canaries.file}\n` } });
  await project.aws
    .client(SecretsManagerClient)
    .send(
      new CreateSecretCommand({ Name: 'demo/dev/pushed', SecretString: JSON.stringify({ TOKEN: canaries.pushed }) }),
    );

  let said = '';
  const lines = [
    'diff --env dev --sandbox --out plan.json',
    'deploy --env dev --sandbox --yes --debug',
    'deploy --env dev --sandbox --yes --json',
    'deploy --env dev --sandbox --yes --image worker=none',
    'status --env dev --sandbox --json',
    'outputs --env dev --sandbox --json',
    'events --env dev --sandbox --json',
    'destroy --env dev --sandbox --dry-run --debug',
  ];
  for (const line of lines) {
    const { stdout, stderr } = await project.platform(line);
    said += stdout + stderr;
  }
  const made = await project.aws.client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: NAME }));
  expect(made.SecretString).toContain(canaries.file);
  const files = readdirSync(project.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.env.dev')
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.some((file) => file.includes('.platform'))).toBe(true);
  const written = files.map((file) => readFileSync(file, 'latin1')).join('\n');
  for (const canary of Object.values(canaries)) {
    expect(said).not.toContain(canary);
    expect(written).not.toContain(canary);
  }
});
