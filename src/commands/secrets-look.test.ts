import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { startSecretProject } from '../testing/secret-project.ts';

const YAML = `project: demo
secrets:
  app: { keys: { API_KEY: {}, WEBHOOK: { phase: after-deploy }, SPARE: { required: false } } }
  made: { source: generated, keys: { VALUE: { generate: { length: 64 } } } }
  theirs: { source: existing, keys: { TOKEN: {} } }
databases: { main: { databaseName: demo, acu: { min: 0.5, max: 1 }, credentials: { urlSecret: true } } }
services:
  worker:
    image: { context: . }
    uses: [db.main, secret.made]
    secrets: { API_KEY: "secret.app#API_KEY", HOOK: "secret.app#WEBHOOK", TOKEN: "secret.theirs#TOKEN" }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const NAME = 'demo/dev/app';
const start = (env = 'API_KEY=canary-one\nWEBHOOK=canary-two\n') => startSecretProject(YAML, env);

describe('platform secrets list', () => {
  it('lists every secret and key, those of databases and of others too, and says who uses them (S3-34, S3-69)', async () => {
    const { platform, create, writes, aws } = await start();
    await create('{"API_KEY":"canary-live","WEBHOOK":"","OLD":"canary-old"}');
    aws.calls.length = 0;
    const { stdout, exitCode } = await platform('secrets list --env dev');
    expect(exitCode).toBe(0);
    expect(stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')).toMatchInlineSnapshot(`
      "app (demo/dev/app): env-file, changed <date>
           API_KEY  live; used by services.worker
           OLD      live; not declared; nothing refers to it
        !  SPARE    not there; optional; nothing refers to it
           WEBHOOK  empty; known after the deployment; used by services.worker
      made (demo/dev/made): generated, absent
        !  VALUE  not there; used by services.worker
      theirs (demo/dev/theirs): existing, absent
        !  TOKEN  not there; used by services.worker
      databases.main (demo/dev/databases/main/credentials): database, absent
        !  password  not there; used by services.worker
        !  username  not there; used by services.worker
      databases.main.url (demo/dev/databases/main/url): database, absent
        !  url  not there; used by services.worker
      "
    `);
    expect(writes()).toEqual([]);
    const { secrets } = (await platform('secrets list --env dev --json')).json();
    expect(secrets.map(({ name, source, state }: Record<string, string>) => [name, source, state])).toEqual([
      ['app', 'env-file', 'live'],
      ['made', 'generated', 'absent'],
      ['theirs', 'existing', 'absent'],
      ['databases.main', 'database', 'absent'],
      ['databases.main.url', 'database', 'absent'],
    ]);
    expect(secrets[0]).toMatchObject({ missing: ['SPARE'], unused: ['OLD'], unchanged: ['API_KEY', 'OLD', 'WEBHOOK'] });
    expect(stdout + JSON.stringify(secrets)).not.toContain('canary');
  });

  it('says of keys that AWS writes into the secret of a database who writes them, and calls them not unused', async () => {
    const { platform, create } = await start();
    const attached = { engine: 'postgres', host: 'h', port: 5432, dbname: 'demo', dbClusterIdentifier: 'c' };
    const value = { username: 'u', password: 'canary', ...attached, MINE: 'canary' };
    await create(JSON.stringify(value), 'demo/dev/databases/main/credentials');
    const { stdout } = await platform('secrets list --env dev');
    for (const key of Object.keys(attached)) expect(stdout).toMatch(new RegExp(`${key} +live; written by AWS\n`));
    expect(stdout).toMatch(/MINE +live; not declared; nothing refers to it\n/);
    const { secrets } = (await platform('secrets list --env dev --json')).json();
    const main = secrets.find(({ name }: { name: string }) => name === 'databases.main');
    expect(main.unused).toEqual(['MINE']);
    expect(main.keys.filter(({ byAws }: { byAws: boolean }) => byAws)).toHaveLength(5);
  });

  it('lists what may be seen when a value may not be read', async () => {
    const { platform, aws, create } = await start();
    await create('{"API_KEY":"a"}');
    aws.faults.push({
      operation: 'GetSecretValue',
      with: new AwsFault('AccessDeniedException', 'User is not authorized to perform: x'),
    });
    const run = await platform('secrets list --env dev --json');
    expect(run.exitCode).toBe(0);
    expect(run.json().secrets[0].state).toBe('unreadable');
    expect(run.stderr).toContain('secretsmanager:GetSecretValue');
  });
});

describe('platform secrets show', () => {
  it('prints names, and values only with --reveal and only on stdout (S1-38)', async () => {
    const { platform, create } = await start();
    await create('{"B":"it\'s","API_KEY":"canary-live\\nline","N":5}');
    const names = await platform('secrets show app --env dev');
    expect([names.exitCode, names.stdout]).toEqual([0, 'API_KEY\nB\nN\n']);
    expect((await platform('secrets show app --env dev --json')).stdout).not.toContain('canary');
    const all = await platform('secrets show app --env dev --reveal --debug');
    expect(all.stdout).toBe("API_KEY='canary-live\nline'\nB=\"it's\"\nN=5\n");
    expect(all.stderr).not.toContain('canary');
    const one = await platform(`secrets show ${NAME} API_KEY --env dev --reveal`);
    expect(one.stdout).toBe('canary-live\nline\n');
    const json = await platform('secrets show app API_KEY --env dev --reveal --json');
    expect(json.json().secrets[0]).toMatchObject({ keys: ['API_KEY'], values: { API_KEY: 'canary-live\nline' } });
  });

  it.each([
    ['show nothing', 2, 'secret-unknown'],
    ['show app', 1, 'secret-absent'],
    ['show', 2, 'argument-missing'],
  ])('%s', async (words, exitCode, id) => {
    const { platform } = await start();
    const run = await platform(`secrets ${words} --env dev --json`);
    expect([run.exitCode, run.json().error.id]).toEqual([exitCode, id]);
  });

  it('tells the key that was meant, and what keeps a value from being read (F-47, F-90, F-91)', async () => {
    const { platform, create, sm } = await start();
    const id = async (words: string) => (await platform(`secrets show ${words} --env dev --json`)).json().error;
    await create('{"API_KEY":"a"}');
    expect(await id('app API_KYE')).toMatchObject({ id: 'secret-key-unknown', remedy: 'name API_KEY' });
    await sm.send(new DeleteSecretCommand({ SecretId: NAME }));
    expect(await id('app')).toMatchObject({ id: 'secret-deleted', remedy: 'platform secrets restore --env dev app' });
    await create('plain', 'demo/dev/theirs');
    expect(await id('theirs TOKEN')).toMatchObject({ id: 'secret-not-json' });
    expect((await platform('secrets show theirs --env dev')).stdout).toContain('no JSON object');
    expect((await platform('secrets show theirs --env dev --reveal')).stdout).toBe('plain\n');
    await sm.send(new CreateSecretCommand({ Name: 'demo/dev/made' }));
    expect(await id('made')).toMatchObject({ id: 'secret-absent', message: expect.stringContaining('no value yet') });
  });
});

describe('platform secrets history', () => {
  it('tells the versions apart by key names, and who made those of ours (F-92)', async () => {
    const { platform, file, sm, stored } = await start();
    await platform('secrets push --env dev --yes');
    file('API_KEY=canary-three\nWEBHOOK=canary-two\n');
    await platform('secrets push --env dev --yes');
    const { WEBHOOK: _, ...rest } = await stored();
    await sm.send(
      new PutSecretValueCommand({ SecretId: NAME, SecretString: JSON.stringify({ ...rest, BY_HAND: 'canary-four' }) }),
    );
    const run = await platform('secrets history app --env dev --json');
    expect(run.json()).toMatchObject({ name: 'app', secretName: NAME });
    expect(run.json().versions).toEqual([
      expect.objectContaining({
        stages: ['AWSCURRENT'],
        by: null,
        added: ['BY_HAND'],
        changed: [],
        removed: ['WEBHOOK'],
      }),
      expect.objectContaining({
        stages: ['AWSPREVIOUS'],
        by: expect.stringContaining('arn:aws:'),
        changed: ['API_KEY'],
      }),
      expect.objectContaining({ stages: [], added: ['API_KEY', 'SPARE', 'WEBHOOK'] }),
    ]);
    const { stdout } = await platform('secrets history app --env dev --limit 1');
    expect(stdout).toMatch(/AWSCURRENT +\+BY_HAND -WEBHOOK +not recorded who\n$/);
    expect(run.stdout + stdout).not.toContain('canary');
    expect((await platform('secrets history app --env dev --limit 0')).exitCode).toBe(2);
  });
});

it('secrets history knows whose deployment made a version, and whose added a key (F-92)', async () => {
  const yaml = (keys: string) =>
    smallYaml(
      `secrets: { app: { keys: { ${keys} } } }\nservices: { worker: { image: { context: . }, secrets: { "*": "secret.app#*" } } }`,
    ).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml: yaml('KEY: {}') });
  await project.succeed('deploy --env dev --sandbox --yes');
  project.configure(yaml('KEY: {}, MORE: {}'));
  await project.succeed('deploy --env dev --sandbox --yes');
  const { versions } = (await project.succeed('secrets history app --env dev --sandbox --json')).json();
  const by = expect.stringContaining('arn:aws:');
  expect(versions).toMatchObject([
    { stages: ['AWSCURRENT'], by, added: ['MORE'] },
    { stages: ['AWSPREVIOUS'], by, added: ['KEY'] },
  ]);
});

describe('platform secrets restore', () => {
  it('takes a secret back from its recovery window, once (F-91)', async () => {
    const { platform, create, sm, stored, aws, writes } = await start();
    await create('{"API_KEY":"kept"}');
    await sm.send(new DeleteSecretCommand({ SecretId: NAME }));
    aws.calls.length = 0;
    expect((await platform('secrets restore app --env dev')).exitCode).toBe(2);
    expect((await platform('secrets restore app --env dev', { answer: () => false })).exitCode).toBe(5);
    const dry = await platform('secrets restore app --env dev --dry-run --json');
    expect(dry.json()).toMatchObject({ dryRun: true, secrets: [{ restored: false }] });
    expect(writes()).toEqual([]);
    const run = await platform('secrets restore app --env dev --yes --json');
    expect(run.json().secrets[0]).toMatchObject({ name: 'app', secretName: NAME, restored: true });
    expect(await stored()).toEqual({ API_KEY: 'kept' });
    const again = await platform('secrets restore app --env dev');
    expect([again.exitCode, again.stdout]).toEqual([0, `${NAME} is not scheduled for deletion: nothing to restore\n`]);
  });

  it('makes an earlier version current again after a question that names the keys (F-92)', async () => {
    const { platform, file, stored, sm } = await start();
    await platform('secrets push --env dev --yes');
    file('API_KEY=canary-three\n');
    await platform('secrets push --env dev --yes');
    const asked: string[] = [];
    const run = await platform('secrets restore app --to previous --env dev --json', {
      answer: (question) => {
        asked.push(question);
        return true;
      },
    });
    expect(asked[0]).toMatch(new RegExp(`Make version [0-9a-f-]+ of ${NAME} the current one \\(~API_KEY\\)\\?`));
    expect(run.json().secrets[0]).toMatchObject({ restored: false, changed: ['API_KEY'], removed: [] });
    expect((await stored()).API_KEY).toBe('canary-one');
    const { VersionIdsToStages = {} } = await sm.send(new DescribeSecretCommand({ SecretId: NAME }));
    expect(VersionIdsToStages[run.json().secrets[0].versionId]).toContain('AWSCURRENT');
    // Typed twice it does not bring back what somebody wanted to get away from.
    const twice = await platform('secrets restore app --to previous --env dev --yes --json');
    expect(twice).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('went back to its previous version') });
    expect(twice.json().secrets[0]).toMatchObject({ changed: [], versionId: run.json().secrets[0].versionId });
    expect((await stored()).API_KEY).toBe('canary-one');
    const same = await platform(`secrets restore app --to ${run.json().secrets[0].versionId} --env dev`);
    expect([same.exitCode, same.stdout]).toEqual([0, `${NAME} is at that version already\n`]);
    expect(run.stdout + run.stderr).not.toContain('canary');
  });

  it.each([
    ['app', 1, 'secret-gone'],
    ['nothing', 2, 'secret-unknown'],
    ['databases.main --to previous', 2, 'secret-not-ours'],
    ['theirs --to previous', 2, 'secret-not-ours'],
  ])('refuses %s', async (words, exitCode, id) => {
    const { platform } = await start();
    const run = await platform(`secrets restore ${words} --env dev --yes --json`);
    expect([run.exitCode, run.json().error.id]).toEqual([exitCode, id]);
  });

  it('refuses a version that is not there, and one without keys', async () => {
    const { platform, create, sm } = await start();
    await create('plain');
    const restore = async () =>
      (await platform('secrets restore app --to previous --env dev --yes --json')).json().error.id;
    expect(await restore()).toBe('secret-version-unknown');
    await sm.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: '{"API_KEY":"a"}' }));
    expect(await restore()).toBe('secret-version-not-json');
  });
});
