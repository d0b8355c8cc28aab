import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactedLine } from './redact.ts';

describe('redact', () => {
  it.each([
    ['postgres://app:hunter2@db.example.com:5432/app', 'postgres://app:***@db.example.com:5432/app'],
    ['DB_PASSWORD=hunter2 PORT=80', 'DB_PASSWORD=*** PORT=80'],
    ['{"apiKey": "hunter2", "port": 80}', '{"apiKey": ***, "port": 80}'],
    ['Authorization: Bearer abcdef123456', 'Authorization: *** ***'],
    ['key AKIAIOSFODNN7EXAMPLE was used', 'key AKIA*** was used'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl seen', 'token [token] seen'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----', '[private key]'],
    ['GET /file?X-Amz-Signature=abc123&x=1', 'GET /file?X-Amz-Signature=***&x=1'],
    ['\u001b[31mred\u001b[0m', 'red'],
  ])('%j', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it.each([
    'retrieved secret from Secrets Manager did not contain json key API_KEY',
    'unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:111111111111:secret:dev/app-AbCdEf from secrets manager',
    'password authentication failed for user "app"',
  ])('leaves what AWS says of a secret: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('never shows the value behind a name that says what it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('PASSWORD', 'db_password', 'SECRET_KEY', 'apiKey', 'ACCESS_TOKEN', 'clientSecret'),
        fc.constantFrom('=', ': ', ' = '),
        fc.stringMatching(/^[A-Za-z0-9+/]{12,40}$/).map((text) => `Q9${text}`),
        fc.string(),
        (name, sign, value, around) => !redact(`${around} ${name}${sign}${value} ${around}`).includes(value),
      ),
    );
  });
});

describe('redactedLine', () => {
  it('bounds a line of a megabyte', () => {
    const line = redactedLine(`password=${'x'.repeat(1_000_000)}`);
    expect(line).toBe('password=***');
    expect(redactedLine('a b '.repeat(500_000))).toHaveLength(600);
  });

  it('says nothing of a secret that the bound has cut in two', () => {
    expect(redactedLine(`${'y '.repeat(1180)} PASSWORD=hunter2hunter2hunter2hunter2hunter2hunter2`)).not.toContain(
      'hunter',
    );
  });
});
