import type { CreateKeyCommandInput, CreateKeyResponse } from '@aws-sdk/client-kms';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { validation } from '../faults.ts';
import { defaultPolicy, makeKey } from '../make-key.ts';
import { keyMetadata } from '../metadata.ts';

const USAGES: Readonly<Record<string, RegExp>> = {
  ENCRYPT_DECRYPT: /^(?:SYMMETRIC_DEFAULT|RSA_\d+|SM2)$/,
  SIGN_VERIFY: /^(?:RSA_\d+|ECC_.+|SM2|ML_DSA_\d+)$/,
  GENERATE_VERIFY_MAC: /^HMAC_\d+$/,
  KEY_AGREEMENT: /^(?:ECC_NIST_.+|SM2)$/,
};

export const createKey: Operation<CreateKeyCommandInput, CreateKeyResponse> = (input, call) => {
  const keySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  const keyUsage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
  if (!USAGES[keyUsage]?.test(keySpec))
    throw validation(`KeyUsage ${keyUsage} is not compatible with KeySpec ${keySpec}`);
  if (input.Policy !== undefined)
    checkPolicy(input.Policy, input.BypassPolicyLockoutSafetyCheck ?? false, call.account);
  const key = makeKey(call, {
    description: input.Description ?? '',
    keySpec,
    keyUsage,
    multiRegion: input.MultiRegion ?? false,
    policy: input.Policy ?? defaultPolicy(call.account),
    tags: (input.Tags ?? []).map(({ TagKey = '', TagValue = '' }) => ({ TagKey, TagValue })),
  });
  return { KeyMetadata: keyMetadata(key) };
};

/** A policy that lets nobody of the account change it would lock the key for ever. */
export function checkPolicy(policy: string, bypass: boolean, account: string): void {
  const malformed = (message: string) => new AwsFault('MalformedPolicyDocumentException', message);
  let document: { Statement?: { Effect?: string; Principal?: unknown; Action?: string | string[] }[] };
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformed('Policy contains invalid json');
  }
  const statements = [document.Statement ?? []].flat();
  if (statements.length === 0) throw malformed('The new key policy has no statements');
  const keepsAccess = statements.some(
    ({ Effect, Principal, Action }) =>
      Effect === 'Allow' &&
      JSON.stringify(Principal ?? '').match(new RegExp(`${account}|"\\*"`)) &&
      [Action ?? []].flat().some((each) => ['*', 'kms:*', 'kms:PutKeyPolicy', 'kms:Put*'].includes(each)),
  );
  if (!keepsAccess && !bypass)
    throw malformed('The new key policy will not allow you to update the key policy in the future.');
}
