import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { KeySource } from './keys.ts';
import type { Settings } from './settings.ts';
import { isWellFormed } from './well-formed.ts';

export type Verdict = { claims: JWTPayload } | { refused: string };

/** What each of jose's errors says about a token. Others say something about the keys, and are not the token's fault. */
const REFUSALS: Record<string, string> = {
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'claim',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'key',
  ERR_JWS_INVALID: 'malformed',
  ERR_JWT_INVALID: 'malformed',
  ERR_JOSE_NOT_SUPPORTED: 'malformed',
};

/** The claims of a valid token, or why it is none. Throws when that cannot be told, as when the issuer does not answer. */
export async function verify(
  token: string,
  settings: Settings,
  keys: KeySource,
  now: Date = new Date(),
): Promise<Verdict> {
  if (!isWellFormed(token, settings.mostTokenBytes)) return { refused: 'malformed' };
  const verdict = await check(token, settings, keys, now);
  // The secret may have been rotated since it was read.
  return 'refused' in verdict && verdict.refused === 'signature' && keys.renew()
    ? check(token, settings, keys, now)
    : verdict;
}

async function check(token: string, settings: Settings, keys: KeySource, now: Date): Promise<Verdict> {
  try {
    const { payload } = await jwtVerify(token, keys.key, {
      algorithms: [...settings.algorithms],
      clockTolerance: settings.skewSeconds,
      requiredClaims: ['exp'],
      currentDate: now,
      ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    });
    return isForUs(payload, settings.audience) ? { claims: payload } : { refused: 'claim' };
  } catch (error) {
    const refused = error instanceof errors.JOSEError ? REFUSALS[error.code] : undefined;
    if (refused === undefined) throw error;
    return { refused };
  }
}

/** Access tokens of Cognito name the application in `client_id` and have no `aud`. */
function isForUs({ aud, client_id }: JWTPayload, audience: readonly string[]): boolean {
  if (audience.length === 0) return true;
  const named = aud === undefined ? [client_id] : [aud].flat();
  return named.some((each) => typeof each === 'string' && audience.includes(each));
}
