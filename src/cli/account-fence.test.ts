import { expect, it } from 'vitest';
import { startPlatform } from '../testing/start-platform.ts';

const SHARED_CONFIG = `[default]
region = us-east-1
[profile prod-admin]
sso_account_id = 222222222222
[profile prod-role]
role_arn = arn:aws:iam::222222222222:role/Deploy
[profile other]
sso_account_id = 333333333333
`;

it('stops before any other call when the credentials are for another account, and names both (F-32)', async () => {
  const { platform, aws } = await startPlatform({
    files: { 'aws-config': SHARED_CONFIG },
  });
  const { exitCode, stderr, stdout } = await platform('status --env prod', { env: { AWS_CONFIG_FILE: 'aws-config' } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  expect(stderr).toContain('belongs to account 222222222222, but the credentials are for 111111111111');
  expect(stderr).toContain('id: account-mismatch');
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});

it('offers the profiles that fit', async () => {
  const { platform, directory } = await startPlatform({ files: { 'aws-config': SHARED_CONFIG } });
  const { stderr } = await platform('status --env prod', { env: { AWS_CONFIG_FILE: `${directory}/aws-config` } });
  expect(stderr).toContain('fix: use a profile of that account: --profile prod-admin | prod-role\n');
});

it('says which profiles there are when there are no credentials (F-31)', async () => {
  const { platform, directory } = await startPlatform({ files: { 'aws-config': SHARED_CONFIG } });
  const { exitCode, stderr } = await platform('status --env dev', {
    env: { AWS_CONFIG_FILE: `${directory}/aws-config`, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
  });
  expect(exitCode).toBe(4);
  expect(stderr).toContain('id: credentials-missing');
  expect(stderr).toContain('--profile default | other | prod-admin | prod-role');
});

it('says that a profile does not exist, and which do', async () => {
  const { platform, directory } = await startPlatform({ files: { 'aws-config': SHARED_CONFIG } });
  const { exitCode, stderr } = await platform('status --env dev --profile prdo-admin', {
    env: { AWS_CONFIG_FILE: `${directory}/aws-config` },
  });
  expect(exitCode).toBe(4);
  expect(stderr).toContain('There is no profile prdo-admin');
  expect(stderr).toContain('choose one of: default, other, prod-admin, prod-role');
});

it('says once which of two contradicting credentials it uses', async () => {
  const { platform, directory, aws } = await startPlatform({
    files: { 'aws-config': '[profile keys]\naws_access_key_id = AKIA333333333333SBOX\naws_secret_access_key = x\n' },
  });
  const { stderr } = await platform('status --env dev', {
    env: { AWS_CONFIG_FILE: `${directory}/aws-config`, AWS_PROFILE: 'keys' },
  });
  expect(stderr).toContain('warning: AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: the profile keys is used');
  expect(aws.calls[0]).toMatchObject({ account: '333333333333' });
});

it('says that AWS cannot be reached instead of blaming the credentials', async () => {
  const { platform } = await startPlatform();
  // What is loaded for the first command of a process is none of the wait for an answer.
  await platform('status --env dev');
  const started = performance.now();
  const { exitCode, stderr } = await platform('status --env dev', { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: aws-unreachable');
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('asks for a sign-in when the session has expired, and says so in JSON (F-30)', async () => {
  const { platform, aws } = await startPlatform();
  const { AwsFault } = await import('../sandbox/kernel/fault.ts');
  aws.faults.push({
    operation: 'GetCallerIdentity',
    times: 9,
    with: new AwsFault('ExpiredToken', 'The security token included in the request is expired', { status: 403 }),
  });
  const run = await platform('status --env dev --json');
  expect(run.exitCode).toBe(4);
  expect(run.json().error).toMatchObject({
    id: 'aws-session-expired',
    kind: 'credentials',
    remedy: expect.stringContaining('aws sso login'),
  });
});

it('reaches the sandbox whatever stands in the environment, and with keys of its own', async () => {
  const { platform, aws } = await startPlatform();
  await platform('bootstrap --env prod --sandbox --dry-run', {
    env: {
      AWS_PROFILE: 'nobody',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_ACCESS_KEY_ID: 'AKIAREALKEYOFSOMEONE',
      AWS_REGION: 'ap-south-1',
      HTTP_PROXY: 'http://127.0.0.1:9',
    },
  });
  expect(aws.calls[0]).toMatchObject({ operation: 'GetCallerIdentity', account: '222222222222', region: 'us-east-1' });
});
