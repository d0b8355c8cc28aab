import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { readAudit } from '../release/audit-trail.ts';
import { startSecretProject } from '../testing/secret-project.ts';
import { stateObjects } from '../testing/state-objects.ts';

const KEYS = `
      API_KEY: { hint: "Dashboard, API keys" }
      STRIPE_KEY: { from: STRIPE_SECRET_KEY, pattern: "^sk_(test|live)_" }
      WEBHOOK: { phase: after-deploy }
      PROFILE: { required: false, default: "" }
      AUDIENCE: { default: stytch }
      RP_NAME: { default: "\${title} in \${env.name}" }
      SESSION: { generate: { length: 40 } }
      JWT_KEY: { type: pem, required: false }
      ORIGINS: { type: list, required: false }
      ORIGIN: { type: url, required: false }`;

const YAML = `project: demo
secrets:
  app:
    keys:${KEYS}
  made: { source: generated, keys: { VALUE: { generate: { length: 64 } } } }
  theirs: { source: existing, keys: { TOKEN: {} } }
services:
  worker: { image: { context: . }, secrets: { "*": "secret.app#*", TOKEN: "secret.theirs#TOKEN" } }
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "111111111111" }
`;
const FILLED = 'API_KEY=key\nSTRIPE_SECRET_KEY=sk_test_1\n';
const NAME = 'demo/dev/app';

const start = (env = FILLED) => startSecretProject(YAML, env);

describe('platform secrets push', () => {
  it('makes a secret from the file, its defaults and generated values, and says names only (S3-39, S3-19, S3-27, S3-30, S3-35)', async () => {
    const { platform, stored } = await start();
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.exitCode).toBe(0);
    expect(await stored()).toEqual({
      API_KEY: 'key',
      STRIPE_KEY: 'sk_test_1',
      AUDIENCE: 'stytch',
      RP_NAME: 'demo in dev',
      SESSION: expect.stringMatching(/^[\w-]{40}$/),
      WEBHOOK: '',
      PROFILE: '',
      JWT_KEY: '',
      ORIGINS: '',
      ORIGIN: '',
    });
    expect(run.json()).toMatchObject({
      environment: 'dev',
      file: { path: '.env.dev', exists: true },
      secrets: [
        {
          name: 'app',
          secretName: NAME,
          state: 'absent',
          changed: [],
          unchanged: [],
          removed: [],
          missing: [],
          later: ['WEBHOOK'],
          unused: [],
        },
      ],
      unknownVariables: [],
      written: { app: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      changes: true,
    });
    expect(run.json().secrets).toHaveLength(1);
    expect(run.json().secrets[0].added).toHaveLength(10);
  });

  it('writes nothing when it is run again', async () => {
    const { platform, stored, aws, writes } = await start();
    await platform('secrets push --env dev --yes');
    const before = await stored();
    aws.calls.length = 0;
    const { exitCode, stdout } = await platform('secrets push --env dev');
    expect([exitCode, stdout]).toEqual([0, 'Nothing to push: what is live is what the file says\n']);
    expect(writes()).toEqual([]);
    expect(await stored()).toEqual(before);
  });

  it('changes what the file says and leaves every other key as it is (F-92)', async () => {
    const { platform, create, stored } = await start('API_KEY=new\nSTRIPE_SECRET_KEY=\nWEBHOOK=\n');
    await create('{"OTHER":{"a":[1]},"API_KEY":"old","STRIPE_KEY":"sk_test_theirs","WEBHOOK":"whsec_theirs"}');
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.json().secrets[0]).toMatchObject({
      changed: ['API_KEY'],
      kept: ['OTHER', 'STRIPE_KEY', 'WEBHOOK'],
      removed: [],
      missing: [],
      unused: ['OTHER'],
    });
    expect(await stored()).toMatchObject({
      OTHER: { a: [1] },
      API_KEY: 'new',
      STRIPE_KEY: 'sk_test_theirs',
      WEBHOOK: 'whsec_theirs',
    });
  });

  it('takes an empty value in quotes as meant, and refuses it for a key that a deployment needs (not F-92)', async () => {
    const { platform, create, stored, file, aws, writes } = await start('WEBHOOK=""\n');
    await create('{"API_KEY":"a","STRIPE_KEY":"sk_test_a","WEBHOOK":"old"}');
    expect((await platform('secrets push --env dev --yes')).exitCode).toBe(0);
    expect((await stored()).WEBHOOK).toBe('');
    file('API_KEY=""\n');
    aws.calls.length = 0;
    const refused = await platform('secrets push --env dev --yes --json');
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error.problems).toEqual([
      expect.objectContaining({ file: '.env.dev', line: 1, path: 'API_KEY', message: 'API_KEY is empty' }),
    ]);
    expect(writes()).toEqual([]);
  });

  it('pushes what there is and says what a deployment will still want, with its hint (S3-20, F-93)', async () => {
    const { platform } = await start('STRIPE_SECRET_KEY=sk_test_1\n');
    const { exitCode, stdout, stderr } = await platform('secrets push --env dev --yes');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${NAME} has no value for API_KEY: fill .env.dev in and push again`);
    expect(stderr).toMatch(/! {2}API_KEY +has no value: Dashboard, API keys/);
  });

  it('removes keys that nobody declares only with --prune, and only after a question', async () => {
    const { platform, sm, stored, aws, writes } = await start();
    await platform('secrets push --env dev --yes');
    const live = { ...(await stored()), OLD: 'x' };
    await sm.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: JSON.stringify(live) }));
    aws.calls.length = 0;
    const nobody = await platform('secrets push --env dev --prune --json');
    expect(nobody.exitCode).toBe(2);
    expect(nobody.json().error.message).toContain(`Remove OLD from secret ${NAME}?`);
    const declined = await platform('secrets push --env dev --prune', { answer: () => false });
    expect(declined.exitCode).toBe(5);
    const dry = await platform('secrets push --env dev --prune --dry-run --json');
    expect(dry.json().secrets[0]).toMatchObject({ removed: ['OLD'] });
    expect(dry.json().secrets[0].kept).not.toContain('OLD');
    expect(dry.stderr).toContain('would ask "Remove OLD');
    expect(writes()).toEqual([]);
    const { exitCode } = await platform('secrets push --env dev --prune --yes');
    expect(exitCode).toBe(0);
    expect(Object.keys(await stored())).not.toContain('OLD');
  });

  it('restores a secret from its recovery window after a question of its own, and keeps what it held (F-91)', async () => {
    const { platform, create, sm, stored } = await start();
    await create('{"API_KEY":"old","OTHER":"kept"}');
    await sm.send(new DeleteSecretCommand({ SecretId: NAME }));
    expect((await platform('secrets push --env dev')).exitCode).toBe(2);
    const dry = await platform('secrets push --env dev --dry-run --json');
    expect(dry.exitCode).toBe(0);
    expect(dry.json().secrets[0]).toMatchObject({ state: 'scheduled-for-deletion', added: [] });
    const asked: string[] = [];
    const answer = (question: string) => {
      asked.push(question);
      return true;
    };
    expect((await platform('secrets push --env dev', { answer })).exitCode).toBe(0);
    expect(asked.map((text) => text.slice(0, 50))).toEqual([
      expect.stringContaining('scheduled for deletion'),
      expect.stringContaining(`Push ${NAME}`),
    ]);
    expect(await stored()).toMatchObject({ API_KEY: 'key', OTHER: 'kept' });
  });

  it.each([
    ['plain text', 'plain-canary', 'it is plain text, not JSON'],
    ['a list', '["a"]', 'it is JSON without keys'],
  ])('replaces %s only after a question of its own (F-47)', async (_, value, why) => {
    const { platform, create, stored } = await start();
    await create(value);
    const asked: string[] = [];
    const no = await platform('secrets push --env dev', {
      answer: (question) => {
        asked.push(question);
        return false;
      },
    });
    expect(no.exitCode).toBe(5);
    expect(asked[0]).toContain(why);
    expect(no.stdout + no.stderr).not.toContain('plain-canary');
    expect((await platform('secrets push --env dev --yes')).exitCode).toBe(0);
    expect(await stored()).toMatchObject({ API_KEY: 'key' });
  });

  it('fills a secret that was made without a value (F-90, S3-37)', async () => {
    const { platform, sm, stored } = await start();
    await sm.send(new CreateSecretCommand({ Name: NAME }));
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.json().secrets[0].state).toBe('without-value');
    expect(await stored()).toMatchObject({ API_KEY: 'key' });
    expect((await sm.send(new DescribeSecretCommand({ SecretId: NAME }))).Name).toBe(NAME);
  });

  it('refuses a file that cannot be read as it is, with all its places and no value (exit 2)', async () => {
    const { platform, aws, writes } = await start(
      'API_KEY=canary1#canary2\nSTRIPE_SECRET_KEY=canary3\nSTRIPE_SECRET_KEY=canary4\nORIGIN="canary5\n',
    );
    aws.calls.length = 0;
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ id: 'env-file-wrong', kind: 'usage' });
    expect(run.json().error.problems.map(({ line, path }: { line: number; path: string }) => [line, path])).toEqual([
      [1, 'API_KEY'],
      [3, 'STRIPE_SECRET_KEY'],
      [4, 'ORIGIN'],
    ]);
    expect(run.stdout + run.stderr).not.toContain('canary');
    expect(writes()).toEqual([]);
  });

  it('checks patterns and types, stores values in their own form, and names what it put right (F-95, S3-22, S3-28, S3-32, S3-33)', async () => {
    const pem = '-----BEGIN K-----\\nAAAA\\n-----END K-----';
    const { platform, stored, file } = await start(
      `API_KEY=live\nSTRIPE_SECRET_KEY=pk_wrong\nORIGIN=example.com\nJWT_KEY=${pem}\n`,
    );
    const refused = await platform('secrets push --env dev --yes --json');
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error.problems.map(({ message }: { message: string }) => message)).toEqual([
      'STRIPE_SECRET_KEY does not match ^sk_(test|live)_',
      'ORIGIN is no URL with its scheme and host, https://…',
    ]);
    file(`API_KEY="a\n"\nSTRIPE_SECRET_KEY=sk_live_1\nORIGINS="a, b"\nJWT_KEY=file:jwt.pem\n`);
    file(`-----BEGIN K-----\r\nAAAA\r\n-----END K-----\r\n`, 'jwt.pem');
    const { exitCode, stderr } = await platform('secrets push --env dev --yes');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('.env.dev:1 API_KEY: a line break at the end was left out (2 → 1 characters)');
    expect(stderr).toContain('STRIPE_SECRET_KEY is a live key, and this environment is of kind dev');
    expect(await stored()).toMatchObject({
      API_KEY: 'a',
      ORIGINS: 'a,b',
      JWT_KEY: '-----BEGIN K-----\nAAAA\n-----END K-----',
    });
    file(`API_KEY=a\nSTRIPE_SECRET_KEY=sk_live_1\nJWT_KEY=file:nowhere/canary\n`);
    const missing = await platform('secrets push --env dev --yes');
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('JWT_KEY names a file that is not there');
    expect(missing.stderr).not.toContain('canary');
  });

  it('says how to get a file where there is none (exit 2)', async () => {
    const { platform, directory, writes } = await start();
    rmSync(join(directory, '.env.dev'));
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({
      id: 'env-file-missing',
      remedy: 'platform secrets init --env dev writes it',
    });
    expect(writes()).toEqual([]);
    expect((await platform('secrets diff --env dev --json')).json().file).toEqual({ path: '.env.dev', exists: false });
  });

  it('warns of a file that others can read, and of one that git keeps', async () => {
    const { platform, directory } = await start();
    chmodSync(join(directory, '.env.dev'), 0o644);
    execFileSync('git', ['-C', directory, 'add', '-f', '.env.dev']);
    const { stderr } = await platform('secrets push --env dev --yes');
    expect(stderr).toContain('warning: .env.dev can be read by others on this machine: chmod 600 .env.dev');
    expect(stderr).toContain('warning: git keeps .env.dev: git rm --cached .env.dev');
  });

  it('tells a variable that no secret declares the name that was meant', async () => {
    const { platform } = await start('API_KEY=a\nSTRIPE_SERCET_KEY=sk_test_1\n');
    const run = await platform('secrets push --env dev --yes --json');
    expect(run.json().unknownVariables).toEqual(['STRIPE_SERCET_KEY']);
    expect(run.stderr).toContain('STRIPE_SERCET_KEY is no key of any secret: did you mean STRIPE_SECRET_KEY');
  });

  it.each([
    ['nobody', 'secret-unknown', 'name one of app, made, theirs'],
    ['ap', 'secret-unknown', 'name app'],
    ['made', 'secret-not-pushed', 'leave it out'],
    ['theirs', 'secret-not-pushed', 'leave it out'],
  ])('refuses %s, which no file fills (exit 2)', async (name, id, remedy) => {
    const { platform, writes } = await start();
    const run = await platform(`secrets push ${name} --env dev --yes --json`);
    expect(run.exitCode).toBe(2);
    expect(run.json().error.id).toBe(id);
    expect(run.json().error.remedy).toContain(remedy);
    expect(writes()).toEqual([]);
  });

  it('needs a yes: without a terminal exit 2, declined exit 5, and nothing is written either way', async () => {
    const { platform, writes, directory } = await start();
    expect((await platform('secrets push --env dev')).exitCode).toBe(2);
    expect((await platform('secrets push --env dev', { answer: () => false })).exitCode).toBe(5);
    const dry = await platform('secrets push --env dev --dry-run --json');
    expect(dry.exitCode).toBe(0);
    expect(dry.json()).toMatchObject({ dryRun: true, written: {}, changes: true });
    expect(dry.stderr).toContain(`would ask "Push ${NAME} to dev (account 111111111111, us-east-1)?"`);
    expect(writes()).toEqual([]);
    expect(readdirSync(directory)).not.toContain('.platform');
  });

  it('writes down who made a version and which keys it changed, before the version', async () => {
    const { platform, aws, sm } = await start();
    await platform('secrets push --env dev --yes');
    const { Versions = [] } = await sm.send(new ListSecretVersionIdsCommand({ SecretId: NAME }));
    expect(await readAudit(stateObjects(aws), 'dev')).toEqual([
      expect.objectContaining({
        event: 'secret-pushed',
        thing: 'secrets.app',
        principal: expect.stringContaining('arn:aws:'),
        versionId: Versions[0]!.VersionId,
        added: expect.arrayContaining(['API_KEY']),
      }),
    ]);
    const order = aws.calls.map(({ operation }) => operation);
    expect(order.lastIndexOf('CreateSecret')).toBeGreaterThan(order.indexOf('PutObject'));
  });
});

describe('platform secrets diff', () => {
  it('shows a line per key and writes nothing', async () => {
    const { platform, create, writes, aws } = await start('API_KEY=new\nORIGINS=a\n');
    await create('{"API_KEY":"old","OLD":"x","AUDIENCE":"theirs","STRIPE_KEY":"sk_test_a"}');
    aws.calls.length = 0;
    const { exitCode, stdout } = await platform('secrets diff --env dev');
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "app (demo/dev/app)
        ~  API_KEY     changed
           AUDIENCE    kept
        +  JWT_KEY     added
           OLD         kept; nothing refers to it
        +  ORIGIN      added
        +  ORIGINS     added
        +  PROFILE     added
        +  RP_NAME     added
        +  SESSION     added
           STRIPE_KEY  kept
        +  WEBHOOK     added; empty until the application is up
      "
    `);
    expect(writes()).toEqual([]);
  });
});
