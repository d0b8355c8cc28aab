import { randomBytes } from 'node:crypto';
import type { Credentials } from '@aws-sdk/client-sts';
import { accessKeys } from '../../kernel/access-keys.ts';
import type { Call } from '../../kernel/scope.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Keys that speak for a principal for a while; from now on every call with them is held to that. */
export function issueCredentials(
  call: Call,
  holder: { account: string; principal: string; userId: string },
  seconds: number,
): Credentials & { AccessKeyId: string } {
  const AccessKeyId = `ASIA${[...randomBytes(16)].map((byte) => BASE32[byte % 32]).join('')}`;
  // Whole seconds, as AWS gives them, and never less than asked for.
  const expiresAt = Math.ceil(Date.now() / 1000 + seconds) * 1000;
  accessKeys.in(call).put(AccessKeyId, { ...holder, expiresAt });
  return {
    AccessKeyId,
    SecretAccessKey: randomBytes(30).toString('base64'),
    SessionToken: randomBytes(300).toString('base64'),
    Expiration: new Date(expiresAt),
  };
}
