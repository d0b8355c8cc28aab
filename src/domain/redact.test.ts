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
    // Headers and a version have dashes before the key begins.
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIE\n-----END RSA PRIVATE KEY----- done',
      '[private key] done',
    ],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----', '[private key]'],
    ['MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI', '[base64]'],
    // As it is, and not as an address wants it.
    ['postgres://app:p@ss/w0rd@db.example.com/app', 'postgres://app:***@db.example.com/app'],
    ['git clone https://0123456789abcdef@git.example.com/a.git', 'git clone https://***@git.example.com/a.git'],
    // Encrypted, to one key or to several.
    ['eyJhbGciOiJkaXIifQ..c2VjcmV0aXYx.Y2lwaGVydGV4dA.dGFnZ2Vk', '[token]'],
    ['eyJhbGciOiJSU0EifQ.a2V5a2V5a2V5.c2VjcmV0aXYx.Y2lwaGVydGV4dA.dGFnZ2Vk', '[token]'],
    [String.raw`{\"password\":\"hunter2\",\"port\":80}`, String.raw`{\"password\":***,\"port\":80}`],
    [String.raw`"password": "a\"hunter2"`, '"password": ***'],
    ['{"password":["hunter2"]}', '{"password":***}'],
    [':password=>"hunter2"', ':password=>***'],
    ["'password' => 'hunter2'", "'password' => ***"],
    ['password=nullhunter2', 'password=***'],
    ['mysqldump --password hunter2 app', 'mysqldump --password *** app'],
    ['<dbPassword>hunter2</dbPassword>', '<dbPassword>***</dbPassword>'],
    ['ENCRYPTION_KEY=hunter2', 'ENCRYPTION_KEY=***'],
    ['Cookie: a=1; sessionid=hunter2', 'Cookie: ***'],
    ['Authorization: Digest username="app", response="6629fae4"', 'Authorization: ***'],
    ['Credential=A/x, SignedHeaders=host, Signature=fe5f80f7', 'Credential=***, SignedHeaders=host, Signature=***'],
    ['npm_abcdefghijklmnopqrstuvwxyz', 'npm_***'],
    ['sk-proj-abcdefghijklmnopqrstuvwx', 'sk-***'],
    ['https://hooks.slack.com/services/T0000/B0000/abcdefgh', 'https://hooks.slack.com/services/***'],
    ['\u001b[31mred\u001b[0m', 'red'],
  ])('%j', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it.each([
    'retrieved secret from Secrets Manager did not contain json key API_KEY',
    'unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:111111111111:secret:dev/app-AbCdEf from secrets manager',
    'password authentication failed for user "app"',
    'GET http://localhost:3000/users/@me',
    'fetch https://registry.example.com:443/@scope/package failed',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'docker login --password-stdin 111111111111.dkr.ecr.us-east-1.amazonaws.com',
    'add --env <name> and <token> to it',
    'password: null',
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

it('looks through a line of a megabyte that is made to be slow in the time of any other', () => {
  const usual = secondsFor('the quick brown fox '.repeat(50_000));
  for (const unit of [
    'password',
    'password   ',
    'http://a:',
    '-----BEGIN PRIVATE KEY-----',
    '-',
    'cookie: a=',
    '=>"',
    'eyJ-',
  ])
    expect(secondsFor(unit.repeat(Math.ceil(1_000_000 / unit.length))), unit).toBeLessThan(usual * 100 + 5);
});

function secondsFor(text: string): number {
  const start = performance.now();
  redact(text);
  return (performance.now() - start) / 1000;
}

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
