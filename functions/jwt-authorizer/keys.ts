import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type CryptoKey, createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { log } from '../shared/log.ts';
import type { Settings } from './settings.ts';

/** Where the key of a token comes from. */
export interface KeySource {
  key: (...asked: Parameters<JWTVerifyGetKey>) => Promise<CryptoKey | Uint8Array>;
  /** Forgets what is held, unless it is fresh. Whether the next key may be another one. */
  renew(): boolean;
}

/** How long a secret is held, and how soon a wrong signature may ask for it again. A rotation is seen within seconds. */
const HOLD_MS = 300_000;
const FRESH_MS = 30_000;

/** Of a signature with SHA-256 a key is at least as long as the hash: RFC 7518, section 3.2. */
const LEAST_BYTES = 32;

/** A secret that signs and verifies, held for a while. */
export function sharedSecret(read: () => Promise<string>, now: () => number = Date.now): KeySource {
  let held: { bytes: Uint8Array; at: number } | undefined;
  return {
    async key() {
      if (!held || now() - held.at > HOLD_MS) held = { bytes: strong(await read()), at: now() };
      return held.bytes;
    },
    renew() {
      if (!held || now() - held.at < FRESH_MS) return false;
      held = undefined;
      return true;
    },
  };
}

function strong(secret: string): Uint8Array {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < LEAST_BYTES) throw new Error(`the secret has ${bytes.length} bytes; HS256 needs ${LEAST_BYTES}`);
  return bytes;
}

/** How long a set of keys is taken for what the issuer says. */
const KEYS_MS = 600_000;

/**
 * The public keys of an issuer. They are asked for again after ten minutes, and, at most every thirty seconds, when a
 * token names one that is not among them. While the issuer does not answer those that are known go on: its illness
 * should not be that of every API that trusts it. A token's own `jku`, `x5u`, `jwk` and `x5c` are never looked at.
 */
export function keySet(url: URL, fetch?: FetchImplementation, now: () => number = Date.now): KeySource {
  const set = createRemoteJWKSet(url, {
    timeoutDuration: 3000,
    cooldownDuration: FRESH_MS,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    ...(fetch && { [customFetch]: fetch }),
  });
  let askedAt = now();
  return {
    async key(header, token) {
      const known = set.jwks() !== undefined;
      if (known && now() - askedAt > KEYS_MS) {
        askedAt = now();
        await set.reload().catch((error: Error) => log('warn', 'keys-not-renewed', { error: error.message }));
      }
      return set(header, token);
    },
    renew: () => false,
  };
}

export function keysOf({ keys }: Settings): KeySource {
  if (keys.kind === 'jwks') return keySet(keys.url);
  const client = new SecretsManagerClient({});
  return sharedSecret(async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: keys.arn }));
    return keys.field === undefined ? SecretString : fieldOf(SecretString, keys.field);
  });
}

/** The texts of errors hold the name of the key, never what the secret holds. */
function fieldOf(secret: string, field: string): string {
  let value: unknown;
  try {
    value = (JSON.parse(secret) as Record<string, unknown>)[field];
  } catch {
    throw new Error('the secret is no JSON object, but JWT_SECRET_KEY names a key in it');
  }
  if (typeof value === 'string') return value;
  throw new Error(`the secret has no text under ${field}`);
}
