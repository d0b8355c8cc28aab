import type { Call } from '../../kernel/scope.ts';
import { objectKey } from '../kms/object-key.ts';
import { invalidArgument } from './faults.ts';
import type { BucketRow, Encryption } from './state.ts';

interface EncryptionInput {
  ServerSideEncryption?: string | undefined;
  SSEKMSKeyId?: string | undefined;
  BucketKeyEnabled?: boolean | undefined;
}

export interface DefaultEncryption {
  Rules: {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: string; KMSMasterKeyID?: string };
    BucketKeyEnabled: boolean;
  }[];
}

/** Since 2023 every bucket encrypts with S3's own keys unless told otherwise. */
export const DEFAULT_ENCRYPTION: DefaultEncryption = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

/** How a new object is encrypted: as the request says, else as the bucket does by default. */
export function encryptionFor(input: EncryptionInput, bucket: BucketRow, call: Call): Encryption {
  const rule = ((bucket.configurations.encryption as DefaultEncryption | undefined) ?? DEFAULT_ENCRYPTION).Rules[0]!;
  const byDefault = rule.ApplyServerSideEncryptionByDefault;
  const algorithm = input.ServerSideEncryption ?? byDefault.SSEAlgorithm;
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm))
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      algorithm,
    );
  if (algorithm === 'AES256') return { ServerSideEncryption: 'AES256' };

  const named = input.SSEKMSKeyId ?? (input.ServerSideEncryption === undefined ? byDefault.KMSMasterKeyID : undefined);
  const bucketKey = input.BucketKeyEnabled ?? rule.BucketKeyEnabled;
  return {
    ServerSideEncryption: algorithm as Encryption['ServerSideEncryption'],
    SSEKMSKeyId: objectKey(named ?? byDefault.KMSMasterKeyID, call),
    ...(bucketKey ? { BucketKeyEnabled: true } : {}),
  };
}
