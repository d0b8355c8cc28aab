import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { startPlatform } from '../testing/start-platform.ts';

const CONFIG = `[profile base]
aws_access_key_id = AKIA111111111111SBOX
aws_secret_access_key = x
[profile deployer]
role_arn = arn:aws:iam::111111111111:role/Deployer
source_profile = base
[profile careful]
role_arn = arn:aws:iam::111111111111:role/Deployer
source_profile = base
mfa_serial = arn:aws:iam::111111111111:mfa/somebody
[profile trusting]
aws_access_key_id = AKIA111111111111SBOX
aws_secret_access_key = x
ca_bundle = /nowhere/ca.pem
[profile written]
credential_process = printf '{"Version":1,"AccessKeyId":"AKIA111111111111SBOX","SecretAccessKey":"x"}'
`;
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'sts:AssumeRole' }],
});

async function start() {
  const started = await startPlatform({ files: { 'aws-config': CONFIG } });
  await started.aws
    .client(IAMClient)
    .send(new CreateRoleCommand({ RoleName: 'Deployer', AssumeRolePolicyDocument: trust }));
  started.aws.calls.length = 0;
  const env = { AWS_CONFIG_FILE: `${started.directory}/aws-config`, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const operations = () => started.aws.calls.map(({ operation }) => operation);
  return { ...started, env, operations };
}

it('assumes the role of a profile, where the environment is', async () => {
  const { platform, env, operations, aws } = await start();
  const { exitCode } = await platform('status --env dev --profile deployer --region eu-central-1', { env });
  expect(exitCode).toBe(0);
  expect(operations().slice(0, 2)).toEqual(['AssumeRole', 'GetCallerIdentity']);
  expect(aws.calls[0]).toMatchObject({ region: 'eu-central-1' });
});

it('takes --profile before that of the environment, and that before AWS_PROFILE (S1-26)', async () => {
  const yaml = 'project: demo\nenvironments: { dev: { kind: dev, account: "111111111111", profile: deployer } }\n';
  const started = await startPlatform({ yaml, files: { 'aws-config': CONFIG } });
  const env = { AWS_CONFIG_FILE: `${started.directory}/aws-config`, AWS_PROFILE: 'written' };
  await started.platform('status --env dev', { env });
  expect(started.aws.calls[0]?.operation).toBe('AssumeRole');
  started.aws.calls.length = 0;
  const { exitCode } = await started.platform('status --env dev --profile base', { env });
  expect(exitCode).toBe(0);
  expect(started.aws.calls[0]?.operation).toBe('GetCallerIdentity');
});

it('runs the credential process of a profile', async () => {
  const { platform, env } = await start();
  expect((await platform('status --env dev', { env: { ...env, AWS_PROFILE: 'written' } })).exitCode).toBe(0);
});

it('takes the code of a profile with mfa_serial from --mfa-code, and says so where nobody can be asked', async () => {
  const { platform, env, operations } = await start();
  const asked = await platform('status --env dev --profile careful', { env });
  expect(asked.exitCode).toBe(2);
  expect(asked.stderr).toContain('Code of arn:aws:iam::111111111111:mfa/somebody');
  expect(asked.stderr).toContain('--mfa-code');
  expect(operations()).toEqual([]);

  const given = await platform('status --env dev --profile careful --mfa-code 123456', { env });
  expect(given.exitCode).toBe(0);
});

it('says how to sign in when the session of IAM Identity Center has ended (F-30)', async () => {
  const started = await startPlatform({
    files: {
      'aws-config':
        '[profile sso]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Dev\n[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1\n',
    },
  });
  const env = { AWS_CONFIG_FILE: `${started.directory}/aws-config`, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const { exitCode, stderr } = await started.platform('status --env dev --profile sso', { env });
  expect(exitCode).toBe(4);
  expect(stderr).toContain('aws sso login --profile sso');
});

it('goes where AWS_REGION says only when the file names no region', async () => {
  const yaml = (region: string) =>
    `project: demo\n${region}environments: { dev: { kind: dev, account: "111111111111" } }\n`;
  const env = { AWS_REGION: 'ap-south-1' };
  const silent = await startPlatform({ yaml: yaml('') });
  expect((await silent.platform('status --env dev --json', { env })).json().region).toBe('ap-south-1');
  const says = await startPlatform({ yaml: yaml('defaults: { region: eu-west-1 }\n') });
  expect((await says.platform('status --env dev --json', { env })).json().region).toBe('eu-west-1');
  expect((await says.platform('status --env dev --region us-west-2 --json', { env })).json().region).toBe('us-west-2');
});

it('trusts the authorities that the profile names', async () => {
  const { platform, env } = await start();
  const missing = await platform('status --env dev --profile trusting', { env });
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('The bundle of certificate authorities /nowhere/ca.pem cannot be read');
});
