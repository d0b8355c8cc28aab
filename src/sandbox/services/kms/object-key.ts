import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { usableKey } from './find-key.ts';
import { managedKey } from './make-key.ts';

/** The ARN of the key that encrypts an object of S3; refused in S3's words when the key cannot. */
export function objectKey(reference: string | undefined, scope: Scope): string {
  if (reference === undefined)
    return managedKey(scope, 's3', 'Default key that protects my S3 objects when no other key is defined').arn;
  try {
    return usableKey(scope, reference).arn;
  } catch (error) {
    // S3 passes KMS's own errors on, under a prefix.
    if (error instanceof AwsFault) throw new AwsFault(`KMS.${error.code}`, error.message);
    throw error;
  }
}
