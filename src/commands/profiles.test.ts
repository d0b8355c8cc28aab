import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownAccessKeyId } from '../sandbox/kernel/access-keys.ts';
import { startPlatform } from '../testing/start-platform.ts';

const CONFIG = `[default]
region = eu-west-1
[sso-session company]
sso_start_url = https://company.awsapps.com/start
[profile people]
sso_session = company
sso_account_id = 111111111111
[profile operations]
role_arn = arn:aws:iam::111111111111:role/operations
source_profile = people
[profile tool]
credential_process = /usr/bin/keys
`;
const CREDENTIALS = `[old]
aws_access_key_id = ${ownAccessKeyId('333333333333')}
aws_secret_access_key = secret-of-old
[lent]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = x
aws_session_token = y
`;

const YAML = `project: demo
queues: { jobs: {} }
environments:
  dev: { kind: dev, account: "333333333333", profile: old }
  staging: { kind: staging, account: "111111111111" }
`;

async function started(
  yaml: string | null,
  files: Record<string, string> = { config: CONFIG, credentials: CREDENTIALS },
) {
  const project = await startPlatform({ yaml });
  const folder = join(project.directory, '..', '.aws');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return project;
}

it('S1-11 init lists the profiles of the machine, IAM Identity Center first, and warns of keys that last', async () => {
  const { platform } = await started(null);
  const { exitCode, stderr, stdout } = await platform('init --preset web-service --yes --dry-run');
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain(
    'people (IAM Identity Center), operations (takes a role on), tool (a program gives its keys), lent (keys that end), old (keys that last), default (no keys of its own)',
  );
  expect(stderr).toMatch(/warning.*old: access keys that work until somebody deletes them/i);
  expect(stderr).toContain('aws configure sso');
  expect(stdout + stderr).not.toContain('secret-of-old');
});

it('init says nothing of profiles where there are none, and warns of nothing where all of their keys end', async () => {
  const none = await started(null, {});
  expect((await none.platform('init --preset web-service --yes --dry-run')).stderr).not.toContain('AWS profiles');
  const ending = await started(null, { config: CONFIG });
  const { stderr } = await ending.platform('init --preset web-service --yes --dry-run');
  expect(stderr).toContain('AWS profiles, for --profile: people');
  expect(stderr).not.toContain('keys that work until');
});

it('S3-17 bootstrap acts with the profile of the environment, or that of --profile, and in no other account', async () => {
  const { platform, aws } = await started(YAML);
  const accounts = () => [...new Set(aws.calls.map(({ account }) => account))];
  const dev = await platform('bootstrap --env dev --dry-run --json');
  expect(dev.exitCode, dev.stderr).toBe(0);
  expect(dev.json().regions).toMatchObject([{ region: 'us-east-1' }]);
  expect(accounts()).toEqual(['333333333333']);

  aws.calls.length = 0;
  // The keys around it belong to the account of staging, the profile does not.
  const wrong = await platform('bootstrap --env staging --profile old --yes');
  expect(wrong.exitCode).toBe(4);
  expect(wrong.stderr).toContain('belongs to account 111111111111, but the credentials are for 333333333333');
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});
