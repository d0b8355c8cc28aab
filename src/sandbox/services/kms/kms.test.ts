import * as sdk from '@aws-sdk/client-kms';
import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

async function start() {
  const sandbox = await startSandbox({ account: '111111111111' });
  const kms = sandbox.client(KMSClient);
  const { KeyMetadata } = await kms.send(new sdk.CreateKeyCommand({ Description: 'a key' }));
  return { ...sandbox, kms, key: KeyMetadata! };
}

describe('kms', () => {
  it('finds a key by id, ARN and alias', async () => {
    const { kms, key } = await start();
    await kms.send(new sdk.CreateAliasCommand({ AliasName: 'alias/mine', TargetKeyId: key.KeyId }));
    for (const KeyId of [key.KeyId, key.Arn, 'alias/mine', 'arn:aws:kms:us-east-1:111111111111:alias/mine'])
      expect((await kms.send(new sdk.DescribeKeyCommand({ KeyId }))).KeyMetadata).toMatchObject({
        KeyId: key.KeyId,
        KeyState: 'Enabled',
        KeyManager: 'CUSTOMER',
      });
    expect(await refusal(kms.send(new sdk.DescribeKeyCommand({ KeyId: 'alias/none' })))).toMatchObject({
      status: 400,
      Code: 'NotFoundException',
      Message: 'Alias arn:aws:kms:us-east-1:111111111111:alias/none is not found.',
    });
    expect(
      await refusal(kms.send(new sdk.CreateAliasCommand({ AliasName: 'alias/mine', TargetKeyId: key.KeyId }))),
    ).toMatchObject({
      Code: 'AlreadyExistsException',
      Message: 'An alias with the name arn:aws:kms:us-east-1:111111111111:alias/mine already exists',
    });
  });

  it('decrypts what it encrypted, with the same context only', async () => {
    const { kms, key } = await start();
    const { CiphertextBlob } = await kms.send(
      new sdk.EncryptCommand({ KeyId: key.KeyId, Plaintext: Buffer.from('text'), EncryptionContext: { a: '1' } }),
    );
    const decrypt = (EncryptionContext: Record<string, string>) =>
      kms.send(new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(Buffer.from((await decrypt({ a: '1' })).Plaintext!).toString()).toBe('text');
    expect(await refusal(decrypt({ a: '2' }))).toMatchObject({ Code: 'InvalidCiphertextException' });
    await kms.send(new sdk.DisableKeyCommand({ KeyId: key.KeyId }));
    expect(await refusal(decrypt({ a: '1' }))).toMatchObject({
      Code: 'DisabledException',
      Message: `${key.Arn} is disabled.`,
    });
  });

  it('deletes a key when its window is over, and not before', async () => {
    const { kms, key, advance } = await start();
    const schedule = (PendingWindowInDays: number) =>
      kms.send(new sdk.ScheduleKeyDeletionCommand({ KeyId: key.KeyId, PendingWindowInDays }));
    expect(await refusal(schedule(3))).toMatchObject({ Code: 'ValidationException' });
    expect(await schedule(7)).toMatchObject({ KeyState: 'PendingDeletion', PendingWindowInDays: 7 });
    expect(await refusal(schedule(7))).toMatchObject({
      Code: 'KMSInvalidStateException',
      Message: `${key.Arn} is pending deletion.`,
    });
    await kms.send(new sdk.CancelKeyDeletionCommand({ KeyId: key.KeyId }));
    expect((await kms.send(new sdk.DescribeKeyCommand({ KeyId: key.KeyId }))).KeyMetadata?.KeyState).toBe('Disabled');
    await schedule(7);
    await advance(6 * 86_400_000);
    expect((await kms.send(new sdk.DescribeKeyCommand({ KeyId: key.KeyId }))).KeyMetadata?.KeyState).toBe(
      'PendingDeletion',
    );
    await advance(86_400_000);
    expect(await refusal(kms.send(new sdk.DescribeKeyCommand({ KeyId: key.KeyId })))).toMatchObject({
      Code: 'NotFoundException',
      Message: `Key '${key.Arn}' does not exist`,
    });
  });

  it('refuses a policy that would lock everybody out', async () => {
    const { kms } = await start();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'kms:*', Resource: '*' },
      ],
    });
    expect(await refusal(kms.send(new sdk.CreateKeyCommand({ Policy })))).toMatchObject({
      Code: 'MalformedPolicyDocumentException',
      Message: 'The new key policy will not allow you to update the key policy in the future.',
    });
  });
});
