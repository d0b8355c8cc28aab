import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { startPlatform } from '../testing/start-platform.ts';

const yaml = (keys: string) => `project: demo\nenvironments: { local: { kind: local${keys} } }\n`;

it('reaches an emulator at its endpoint, fenced in the account that no real one has', async () => {
  const started = await startPlatform({ yaml: yaml('') });
  const at = `endpoint: "${started.aws.endpoint}"`;
  writeFileSync(join(started.directory, 'platform.yaml'), yaml(`, ${at}`));
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_PROFILE: 'nobody' };
  const { exitCode } = await started.platform('status --env local', { env });
  expect(exitCode).toBe(0);
  expect(started.aws.calls[0]).toMatchObject({ operation: 'GetCallerIdentity', account: '000000000000' });
});

it('says how to start the AWS Emulator when it has left no keys', async () => {
  const { platform } = await startPlatform({ yaml: yaml(', emulator: aws') });
  const { exitCode, stderr } = await platform('status --env local');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: emulator-not-started');
});

it('signs with the keys that the AWS Emulator wrote', async () => {
  const started = await startPlatform({ yaml: yaml('') });
  const { port } = new URL(started.aws.endpoint);
  const folder = join(dirname(started.directory), '.aws', 'emulator', port);
  mkdirSync(folder, { recursive: true });
  const keys = 'aws_access_key_id = AKIA000000000000SBOX\naws_secret_access_key = x\n';
  writeFileSync(join(folder, 'config'), `[default]\n${keys}`);
  writeFileSync(join(folder, 'ca.pem'), '');
  writeFileSync(join(started.directory, 'platform.yaml'), yaml(`, emulator: aws, endpoint: "${started.aws.endpoint}"`));
  expect((await started.platform('status --env local')).exitCode).toBe(0);
});

it('stops at an emulator that is a real account', async () => {
  const started = await startPlatform({ yaml: yaml('') });
  writeFileSync(
    join(started.directory, 'platform.yaml'),
    `project: demo\nenvironments: { local: { kind: local, account: "123456789012", endpoint: "${started.aws.endpoint}" } }\n`,
  );
  const { exitCode, stderr } = await started.platform('status --env local');
  expect(exitCode).toBe(4);
  expect(stderr).toContain('id: account-mismatch');
});

it('S4-102: asks nobody when the endpoint of a local environment is AWS itself', async () => {
  const started = await startPlatform({ yaml: yaml(', endpoint: "https://sts.us-east-1.amazonaws.com"') });
  const { exitCode, stderr } = await started.platform('status --env local');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('id: endpoint-of-aws');
  expect(started.aws.calls).toEqual([]);
});

it('S4-102 S4-103: without an emulator lives on the sandbox, in an account of its own, whatever is around', async () => {
  const { aws, platform } = await startPlatform({ yaml: yaml('') });
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: '' };
  expect((await platform('status --env local', { env })).exitCode).toBe(0);
  const accounts = new Set(aws.calls.map(({ account }) => account));
  expect([...accounts]).toEqual([expect.stringMatching(/^[1-9]\d{11}$/)]);
});
