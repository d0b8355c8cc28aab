import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeSecretCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../domain/secrets/dotenv.ts';
import { startPlatform } from '../testing/start-platform.ts';

/** The keys of the guide's step 4, and a bucket's name. */
const YAML = `project: pikaia
title: Pikaia
secrets:
  app-secrets:
    keys:
      DJANGO_SECRET_KEY: { generate: { length: 50, alphabet: django } }
      STYTCH_PROJECT_ID: { pattern: "^project-", hint: "Stytch dashboard, API keys" }
      STYTCH_SECRET: { hint: "Stytch dashboard, API keys" }
      STYTCH_WEBHOOK_SECRET: { phase: after-deploy }
      STRIPE_SECRET_KEY: { pattern: "^sk_(test|live)_", hint: "Stripe dashboard, API keys" }
      STRIPE_PRICE_ID: { hint: "Stripe dashboard, product, price id" }
      STRIPE_WEBHOOK_SECRET: { pattern: "^whsec_", phase: after-deploy }
      RESEND_API_KEY: { pattern: "^re_" }
      WEBAUTHN_RP_ID: { default: "\${site.app.host}" }
      WEBAUTHN_RP_NAME: { default: "\${title}" }
      WEBAUTHN_ORIGIN: { type: url, default: "\${site.app.url}" }
      STYTCH_TRUSTED_AUTH_PROFILE_ID: { required: false, default: "" }
      STYTCH_TRUSTED_AUTH_AUDIENCE: { default: stytch }
      STYTCH_TRUSTED_AUTH_ISSUER: { default: passkey-auth }
      PASSKEY_JWT_PRIVATE_KEY: { type: pem, generate: {} }
      CORS_ALLOWED_ORIGINS: { type: list, default: "\${site.app.url}" }
      MEDIA_BUCKET: { default: "\${bucket.media.name}" }
      MOBILE_PROVISION_API_KEY: { generate: { length: 48 } }
buckets: { media: {} }
sites: { app: { kind: spa, dir: ., build: "true", domain: app.example.com } }
services: { web: { image: { context: . }, secrets: { "*": "secret.app-secrets#*" } } }
environments:
  prod: { kind: prod, account: "111111111111" }
`;

async function start(files: Record<string, string> = {}) {
  const project = await startPlatform({ yaml: YAML, files });
  const file = join(project.directory, '.env.prod');
  return {
    ...project,
    file,
    read: () => readFileSync(file, 'utf8'),
    git: (...words: string[]) => execFileSync('git', ['-C', project.directory, ...words], { encoding: 'utf8' }),
  };
}

const values = (text: string) =>
  Object.fromEntries(parseDotenv(text).entries.map(({ key, value }) => [key, value] as const));

describe('platform secrets init', () => {
  it('writes the declared keys with hints, defaults and generated values, for its owner alone and kept from git (S3-18, S3-19, S3-20, S3-21, S3-22, S3-23, S3-24, S3-25, S3-26, S3-27, S3-28, S3-29, S3-30, S3-31, S3-32, S3-33, S3-34, S3-35)', async () => {
    const { platform, read, file, directory, aws, git } = await start();
    const run = await platform('secrets init --env prod --json');
    expect(run.exitCode).toBe(0);
    expect(values(read())).toEqual({
      DJANGO_SECRET_KEY: expect.stringMatching(/^[a-z0-9!@#$%^&*(\-_=+)]{50}$/),
      STYTCH_PROJECT_ID: '',
      STYTCH_SECRET: '',
      STYTCH_WEBHOOK_SECRET: '',
      STRIPE_SECRET_KEY: '',
      STRIPE_PRICE_ID: '',
      STRIPE_WEBHOOK_SECRET: '',
      RESEND_API_KEY: '',
      WEBAUTHN_RP_ID: 'app.example.com',
      WEBAUTHN_RP_NAME: 'Pikaia',
      WEBAUTHN_ORIGIN: 'https://app.example.com',
      STYTCH_TRUSTED_AUTH_PROFILE_ID: '',
      STYTCH_TRUSTED_AUTH_AUDIENCE: 'stytch',
      STYTCH_TRUSTED_AUTH_ISSUER: 'passkey-auth',
      PASSKEY_JWT_PRIVATE_KEY: expect.stringMatching(
        /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----$/,
      ),
      CORS_ALLOWED_ORIGINS: 'https://app.example.com',
      MEDIA_BUCKET: '',
      MOBILE_PROVISION_API_KEY: expect.stringMatching(/^[\w-]{48}$/),
    });
    expect(read()).toContain(
      '# app-secrets: Stripe dashboard, API keys; matches ^sk_(test|live)_\nSTRIPE_SECRET_KEY=\n',
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('.platform/\n.env.*\n!.env.*.example\n');
    expect(git('status', '--porcelain', '--untracked-files=all')).not.toContain('.env.prod');
    expect(run.json()).toMatchObject({
      environment: 'prod',
      files: [
        { path: '.env.prod', action: 'created' },
        { path: '.gitignore', action: 'created' },
      ],
      secrets: [
        {
          name: 'app-secrets',
          secretName: 'pikaia/prod/app-secrets',
          unchanged: [],
          missing: ['RESEND_API_KEY', 'STRIPE_PRICE_ID', 'STRIPE_SECRET_KEY', 'STYTCH_PROJECT_ID', 'STYTCH_SECRET'],
        },
      ],
      dryRun: false,
    });
    expect(run.json().secrets[0].added).toHaveLength(18);
    expect(run.stdout + run.stderr).not.toContain(values(read()).DJANGO_SECRET_KEY);
    // A file can be written before there are credentials.
    expect(aws.calls).toEqual([]);
  });

  it('changes nothing when it is run again', async () => {
    const { platform, read, directory } = await start();
    await platform('secrets init --env prod');
    const before = [read(), readFileSync(join(directory, '.gitignore'), 'utf8')];
    const run = await platform('secrets init --env prod --json');
    expect(run.json().files.map(({ action }: { action: string }) => action)).toEqual(['unchanged', 'unchanged']);
    expect(run.json().secrets[0].added).toEqual([]);
    expect([read(), readFileSync(join(directory, '.gitignore'), 'utf8')]).toEqual(before);
  });

  it('adds what is missing and leaves what is there as it is, byte by byte', async () => {
    const mine = '\uFEFFexport STYTCH_PROJECT_ID = "mine" # old\r\nEXTRA=1\r\nSTRIPE_SECRET_KEY=sk_test_1';
    const { platform, read, file } = await start({ '.env.prod': mine, '.gitignore': 'node_modules' });
    const run = await platform('secrets init --env prod --json');
    expect(run.json().files).toEqual([
      { path: '.env.prod', action: 'changed' },
      { path: '.gitignore', action: 'changed' },
    ]);
    expect(read().startsWith(`${mine}\r\n\r\n#`)).toBe(true);
    expect(read().replaceAll('\r\n', '')).not.toContain('\n');
    expect(values(read())).toMatchObject({ STYTCH_PROJECT_ID: 'mine', EXTRA: '1', STRIPE_SECRET_KEY: 'sk_test_1' });
    expect(run.json().secrets[0].unchanged).toEqual(['STRIPE_SECRET_KEY', 'STYTCH_PROJECT_ID']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('closes a file that others could read', async () => {
    const { platform, file } = await start();
    await platform('secrets init --env prod');
    chmodSync(file, 0o644);
    const run = await platform('secrets init --env prod --json');
    expect(run.json().files[0].action).toBe('changed');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('writes through a link', async () => {
    const { platform, file, directory } = await start({ 'elsewhere/env': 'STYTCH_PROJECT_ID=mine\n' });
    symlinkSync(join(directory, 'elsewhere/env'), file);
    await platform('secrets init --env prod');
    expect(values(readFileSync(join(directory, 'elsewhere/env'), 'utf8'))).toHaveProperty('STRIPE_SECRET_KEY', '');
  });

  it('refuses a file that git keeps, and says how to take it out (exit 1)', async () => {
    const { platform, read, git } = await start({ '.env.prod': 'STYTCH_PROJECT_ID=committed\n' });
    git('add', '.env.prod');
    const run = await platform('secrets init --env prod --json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({ id: 'env-file-tracked' });
    expect(run.json().error.remedy).toContain('git rm --cached .env.prod');
    expect(read()).toBe('STYTCH_PROJECT_ID=committed\n');
  });

  it('refuses to write where a rule of git would keep the file (exit 1)', async () => {
    const ignore = '.platform/\n.env.*\n!.env.*.example\n!.env.prod\n';
    const { platform, file } = await start({ '.gitignore': ignore });
    const run = await platform('secrets init --env prod --json');
    expect([run.exitCode, run.json().error.id]).toEqual([1, 'env-file-not-ignored']);
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a file that cannot be read, without touching it (exit 2)', async () => {
    const { platform, read } = await start({ '.env.prod': 'STYTCH_PROJECT_ID="canary\n' });
    const run = await platform('secrets init --env prod');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('.env.prod:1');
    expect(run.stdout + run.stderr).not.toContain('canary');
    expect(read()).toBe('STYTCH_PROJECT_ID="canary\n');
  });

  it('refuses a file in UTF-16, as PowerShell writes it (exit 2)', async () => {
    const { platform, file } = await start();
    writeFileSync(file, Buffer.from('\uFEFFKEY=value\n', 'utf16le'));
    const run = await platform('secrets init --env prod');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('save it as UTF-8');
  });

  it('says of a folder of that name that it is one (exit 2)', async () => {
    const { platform, file } = await start();
    mkdirSync(file);
    const run = await platform('secrets init --env prod');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('.env.prod:1');
    expect(run.stderr).toContain('it is a folder');
  });

  it('writes nothing on a dry run', async () => {
    const { platform, file, directory } = await start();
    const run = await platform('secrets init --env prod --dry-run --json');
    expect(run.json()).toMatchObject({ dryRun: true, files: [{ action: 'created' }, { action: 'created' }] });
    expect(existsSync(file)).toBe(false);
    expect(existsSync(join(directory, '.gitignore'))).toBe(false);
  });

  it('makes the secret without a value with --remote, under a profile too, once, so that nothing can start with a placeholder (S3-37, S3-38, F-93)', async () => {
    const config = '[profile team]\naws_access_key_id = AKIA111111111111SBOX\naws_secret_access_key = x\n';
    const { platform, aws, file, directory } = await start({ 'aws-config': config });
    const env = { AWS_CONFIG_FILE: join(directory, 'aws-config'), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const sm = aws.client(SecretsManagerClient);
    expect((await platform('secrets init --env prod --remote')).exitCode).toBe(2);
    expect((await sm.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
    expect(existsSync(file)).toBe(false);
    expect((await platform('secrets init --env prod --remote --yes', { env })).exitCode).toBe(4);
    expect(existsSync(file)).toBe(false);
    const run = await platform('secrets init --env prod --profile team --remote --yes --json', { env });
    expect(run.json().created).toEqual(['pikaia/prod/app-secrets']);
    const described = await sm.send(new DescribeSecretCommand({ SecretId: 'pikaia/prod/app-secrets' }));
    expect(described.VersionIdsToStages).toBeUndefined();
    expect(described.Tags).toContainEqual({ Key: 'platform:environment', Value: 'prod' });
    expect((await platform('secrets init --env prod --remote --json')).json().created).toEqual([]);
  });
});
