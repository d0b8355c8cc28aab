import {
  DeleteSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../release/lock.ts';
import { startSecretProject } from '../testing/secret-project.ts';
import { stateObjects } from '../testing/state-objects.ts';

const YAML = `project: demo
secrets: { app: { keys: { API_KEY: {}, SESSION: { generate: {} } } } }
services: { worker: { image: { context: . }, secrets: { "*": "secret.app#*" } } }
environments: { dev: { kind: dev, account: "111111111111" } }
`;
const NAME = 'demo/dev/app';
const PUSH = 'secrets push --env dev --yes --json';

const start = async (env = 'API_KEY=new\n') => {
  const project = await startSecretProject(YAML, env);
  const versions = async () => {
    const { Versions = [] } = await project.sm.send(
      new ListSecretVersionIdsCommand({ SecretId: NAME, IncludeDeprecated: true }),
    );
    return Versions.length;
  };
  return { ...project, versions };
};

describe('a push whose call breaks off is made good by the next', () => {
  it.each(
    (['CreateSecret', 'PutSecretValue', 'RestoreSecret'] as const).flatMap((operation) => [
      [operation, 'cut-before'] as const,
      [operation, 'cut-after'] as const,
    ]),
  )('%s %s', async (operation, fault) => {
    const { platform, aws, create, sm, stored, versions, writes } = await start();
    if (operation !== 'CreateSecret') await create('{"OTHER":"kept"}');
    if (operation === 'RestoreSecret') await sm.send(new DeleteSecretCommand({ SecretId: NAME }));
    aws.faults.push({ operation, times: 9, with: fault });
    expect((await platform(PUSH)).exitCode).toBe(1);
    aws.faults.length = 0;

    expect((await platform(PUSH)).exitCode).toBe(0);
    const after = await stored();
    expect(after).toEqual({
      ...(operation === 'CreateSecret' ? {} : { OTHER: 'kept' }),
      API_KEY: 'new',
      SESSION: expect.stringMatching(/^[\w-]{50}$/),
    });
    expect(await versions()).toBe(operation === 'CreateSecret' ? 1 : 2);
    aws.calls.length = 0;
    expect((await platform(PUSH)).json()).toMatchObject({ changes: false, written: {} });
    expect(writes()).toEqual([]);
  });

  it('and one that AWS carried out before the connection broke is not carried out twice', async () => {
    const { platform, aws, create, versions } = await start();
    await create('{"OTHER":"kept"}');
    aws.faults.push({ operation: 'PutSecretValue', times: 1, with: 'cut-after' });
    expect((await platform(PUSH)).exitCode).toBe(0);
    expect(aws.calls.filter(({ operation }) => operation === 'PutSecretValue').length).toBeGreaterThan(1);
    expect(await versions()).toBe(2);
  });
});

it('a secret that somebody has changed while the question stood is left as they made it (exit 1)', async () => {
  const { platform, create, sm, stored, aws } = await start();
  await create('{"API_KEY":"old"}');
  const run = await platform('secrets push --env dev --json', {
    answer: async () => {
      await sm.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: '{"API_KEY":"theirs","THEIRS":"x"}' }));
      return true;
    },
  });
  expect([run.exitCode, run.json().error.id]).toEqual([1, 'secret-overtaken']);
  expect(await stored()).toEqual({ API_KEY: 'theirs', THEIRS: 'x' });
  expect((await platform(PUSH)).exitCode).toBe(0);
  expect(await stored()).toMatchObject({ API_KEY: 'new', THEIRS: 'x' });
  expect(aws.faults).toEqual([]);
});

it('waits for nobody who holds the environment, exit 8, and looks all the same', async () => {
  const { platform, aws, writes } = await start();
  await platform(PUSH);
  await takeLock(
    { objects: stateObjects(aws), now: Date.now, environment: 'dev' },
    { principal: 'arn:aws:iam::111111111111:user/anna', host: 'laptop', command: 'deploy' },
  );
  aws.calls.length = 0;
  for (const words of ['push --yes', 'restore app --yes', 'init --remote --yes'])
    expect((await platform(`secrets ${words} --env dev --json`)).json().error.id).toBe('environment-locked');
  for (const words of ['diff', 'list', 'show app', 'history app', 'init'])
    expect((await platform(`secrets ${words} --env dev --json`)).exitCode).toBe(0);
  expect(writes()).toEqual([]);
});

it('refuses a secret that Secrets Manager would not take, before it is asked (exit 1)', async () => {
  const { platform, writes } = await start(`API_KEY=${'x'.repeat(70_000)}\n`);
  const run = await platform(PUSH);
  expect([run.exitCode, run.json().error.id]).toEqual([1, 'secret-too-large']);
  expect(writes().filter((operation) => /Secret/.test(operation))).toEqual([]);
});
