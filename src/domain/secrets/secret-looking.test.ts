import { expect, it } from 'vitest';
import { holdsCredential, isSecretName } from './secret-looking.ts';

/* Put together here, so that no scanner takes this file for a leak. */
it.each([
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['sk_', 'live_abcdefghijklmnop'],
  ['whsec_', 'abcdefghijklmnopqrst'],
  ['ghp_', 'a'.repeat(36)],
  ['-----BEGIN RSA ', 'PRIVATE KEY-----'],
  ['postgresql://app:', 'hunter22@db.example.com:5432/shop'],
])('sees that %s… is a credential', (start, rest) => {
  expect(holdsCredential(`${start}${rest}`)).toBe(true);
});

it.each([
  'production',
  'postgresql://placeholder:placeholder@localhost:5432/x',
  'https://example.com',
  'pk_live_abcdefghijklmnop',
  'postgresql://app:${X}@db/shop',
])('leaves %s alone', (text) => {
  expect(holdsCredential(text)).toBe(false);
});

it.each([
  ['STRIPE_SECRET_KEY', true],
  ['DB_PASSWORD', true],
  ['API_TOKEN', true],
  ['VITE_STYTCH_PUBLIC_TOKEN', false],
  ['JWT_SECRET_ARN', false],
  ['TOKEN_TTL', false],
  ['STRIPE_PUBLISHABLE_KEY', false],
])('%s names a secret: %s', (name, expected) => {
  expect(isSecretName(name)).toBe(expected);
});
