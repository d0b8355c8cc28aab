import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { selfSigned } from './certificate.ts';

it('is a certificate that its own key has signed, for ten years', () => {
  const { key, certificate } = selfSigned('127.0.0.1');
  const read = new X509Certificate(certificate);
  expect(read.subject).toBe('CN=127.0.0.1');
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  const years = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / (365.25 * 24 * 3_600_000);
  expect(years).toBeCloseTo(10, 1);
});
