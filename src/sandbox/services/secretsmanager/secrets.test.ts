import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { randomPassword } from './random-password.ts';

const DAY_MS = 24 * 60 * 60_000;

it('deletes a secret when its recovery window has passed, unless it was restored', async () => {
  const sandbox = await startSandbox();
  const sm = sandbox.client(SecretsManagerClient);
  for (const Name of ['gone', 'kept']) {
    await sm.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
    await sm.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));
  }
  await sandbox.advance(6 * DAY_MS);
  await sm.send(new RestoreSecretCommand({ SecretId: 'kept' }));
  expect((await sm.send(new DescribeSecretCommand({ SecretId: 'gone' }))).DeletedDate).toBeInstanceOf(Date);
  await sandbox.advance(2 * DAY_MS);
  await expect(sm.send(new DescribeSecretCommand({ SecretId: 'gone' }))).rejects.toThrow("can't find");
  expect((await sm.send(new DescribeSecretCommand({ SecretId: 'kept' }))).DeletedDate).toBeUndefined();
});

it('hides planned deletions from lists, and filters', async () => {
  const sm = (await startSandbox()).client(SecretsManagerClient);
  await sm.send(new CreateSecretCommand({ Name: 'shop/prod/app', Description: 'Main application' }));
  await sm.send(new CreateSecretCommand({ Name: 'shop/dev/app', Tags: [{ Key: 'stage', Value: 'dev' }] }));
  await sm.send(new DeleteSecretCommand({ SecretId: 'shop/prod/app' }));
  const names = async (input: ListSecretsCommandInput) =>
    (await sm.send(new ListSecretsCommand(input))).SecretList!.map(({ Name }) => Name);
  expect(await names({})).toEqual(['shop/dev/app']);
  expect(await names({ IncludePlannedDeletion: true })).toEqual(['shop/prod/app', 'shop/dev/app']);
  const all = { IncludePlannedDeletion: true };
  expect(await names({ ...all, Filters: [{ Key: 'name', Values: ['shop/prod'] }] })).toEqual(['shop/prod/app']);
  expect(await names({ ...all, Filters: [{ Key: 'name', Values: ['!shop/prod'] }] })).toEqual(['shop/dev/app']);
  expect(await names({ ...all, Filters: [{ Key: 'tag-key', Values: ['stage'] }] })).toEqual(['shop/dev/app']);
  expect(await names({ ...all, Filters: [{ Key: 'description', Values: ['main'] }] })).toEqual(['shop/prod/app']);
});

it('refuses windows that AWS does not have', async () => {
  const sm = (await startSandbox()).client(SecretsManagerClient);
  await sm.send(new CreateSecretCommand({ Name: 'shop' }));
  for (const RecoveryWindowInDays of [6, 31])
    await expect(sm.send(new DeleteSecretCommand({ SecretId: 'shop', RecoveryWindowInDays }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
});

it('makes passwords of every kind that is wanted and of no other', () => {
  const password = randomPassword({ PasswordLength: 64, ExcludePunctuation: true, ExcludeCharacters: 'abc' });
  expect(password).toMatch(/^[A-Zd-z0-9]{64}$/);
  for (const kind of [/[A-Z]/, /[d-z]/, /[0-9]/]) expect(password).toMatch(kind);
  expect(() => randomPassword({ PasswordLength: 3 })).toThrow('too short based on the required types');
});
