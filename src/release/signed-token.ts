import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** A JSON Web Token that this secret signs with HS256: RFC 7519, and RFC 7515 section 5.1. */
export function signedToken(claims: Readonly<Record<string, unknown>>, secret: Secret): string {
  const encoded = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = encoded.join('.');
  return `${text}.${createHmac('sha256', secret.reveal()).update(text).digest('base64url')}`;
}

/** Of a signature with SHA-256 a key is at least as long as the hash (RFC 7518, section 3.2): the authorizer refuses others. */
export const LEAST_KEY_BYTES = 32;
