import { createHmac } from 'node:crypto';

export const SECRET = 'a-secret-of-more-than-thirty-two-bytes-0123456789';

const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token with these parts exactly as given, signed with HMAC over them: what an attacker can write. */
export function forge(header: object | string, claims: object | string, secret: string | Buffer = SECRET): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The same without a signature, or with one of the attacker's choice. */
export const unsigned = (header: object, claims: object, signature = ''): string =>
  `${part(header)}.${part(claims)}.${signature}`;
