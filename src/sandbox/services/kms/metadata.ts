import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { KeyRow } from './state.ts';

export const keyMetadata = (key: KeyRow): KeyMetadata => ({
  AWSAccountId: key.account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: new Date(key.createdAt),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.keyUsage as NonNullable<KeyMetadata['KeyUsage']>,
  KeyState: key.state,
  Origin: 'AWS_KMS',
  KeyManager: key.manager,
  CustomerMasterKeySpec: key.keySpec as NonNullable<KeyMetadata['CustomerMasterKeySpec']>,
  KeySpec: key.keySpec as NonNullable<KeyMetadata['KeySpec']>,
  MultiRegion: key.multiRegion,
  ...(key.keyUsage === 'ENCRYPT_DECRYPT'
    ? {
        EncryptionAlgorithms:
          key.keySpec === 'SYMMETRIC_DEFAULT' ? ['SYMMETRIC_DEFAULT'] : ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
      }
    : {}),
  ...(key.deletion ? { DeletionDate: new Date(key.deletion.dueAt) } : {}),
});
