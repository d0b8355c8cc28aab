import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newAuthority, signedBy } from './certificate.ts';

it('is a certificate for names and addresses that the authority has signed, for ten years', () => {
  const authority = newAuthority();
  const { key, certificate } = signedBy(authority, ['127.64.0.9', 'localhost']);
  const [read, above] = [certificate, authority.certificate].map((pem) => new X509Certificate(pem)) as [
    X509Certificate,
    X509Certificate,
  ];
  expect(above.ca).toBe(true);
  expect(read.ca).toBe(false);
  expect(read.verify(above.publicKey)).toBe(true);
  expect(read.checkIssued(above)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.checkIP('127.64.0.9')).toBe('127.64.0.9');
  expect(read.checkIP('127.0.0.1')).toBeUndefined();
  expect(read.checkHost('localhost')).toBe('localhost');
  const years = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / (365.25 * 24 * 3_600_000);
  expect(years).toBeCloseTo(10, 1);
});

it('is taken by OpenSSL at its strictest, as Python asks of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const authority = newAuthority();
  const [above, own] = [join(folder, 'above.pem'), join(folder, 'own.pem')];
  writeFileSync(above, authority.certificate);
  writeFileSync(own, signedBy(authority, ['127.64.0.9']).certificate);
  const words = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_ip', '127.64.0.9', '-CAfile', above, own];
  expect(execFileSync('openssl', words, { encoding: 'utf8' })).toContain('OK');
});
