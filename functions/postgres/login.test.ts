import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loginOfSecret, loginOfUrl, loginSource } from './login.ts';

const CANARY = 'c@nary';
const OF_SECRET = { from: 'secret', secretArn: 'arn:s' } as const;

describe('a database URL', () => {
  it('gives back every password, user and database that was percent-encoded into it (D11)', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, text, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        fc.pre(d !== '.' && d !== '..');
        const login = loginOfUrl(`postgresql://${u}:${p}@db.example.com/${d}?sslmode=require`);
        expect({ ...login, password: login.password() }).toEqual({
          host: 'db.example.com',
          port: 5432,
          database,
          user,
          password,
          tls: true,
        });
      }),
    );
  });

  it('may switch TLS off on loopback alone', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(loginOfUrl(`postgres://u:p@${host}:1/d?sslmode=disable`)).toMatchObject({ tls: false, port: 1 });
    expect(() => loginOfUrl('postgres://u:p@db.example.com/d?sslmode=disable')).toThrow(/for loopback only/);
    for (const mode of ['no-verify', 'allow', 'prefer', 'require', 'verify-full'])
      expect(loginOfUrl(`postgres://u:p@db.example.com/d?sslmode=${mode}`).tls).toBe(true);
  });

  it.each([
    [`postgresql://u:${CANARY}/w@[h/d`, /has an @ behind/],
    [`postgresql://u:1/${CANARY}@h/d`, /has an @ behind/],
    [`postgresql://u:1?${CANARY}@h/d`, /has an @ behind/],
    [`postgresql://u:1#${CANARY}@h/d`, /has an @ behind/],
    [`mysql://u:${CANARY}@h/d`, /does not begin with postgresql/],
    [`postgresql://u:${CANARY}@h`, /lacks its host/],
    [`postgresql://u:%ZZ${CANARY}@h/d`, /has a %/],
    [`postgresql://u:${CANARY}@h:99999/d`, /is no URL/],
    [CANARY, /is no URL/],
  ])('is told to be wrong without being told: %s', (url, message) => {
    const error = (() => {
      try {
        return loginOfUrl(url);
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(String(error)).toMatch(message);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/c@nary|nary/);
  });
});

describe('a secret', () => {
  const text = JSON.stringify({ username: 'u', password: CANARY, host: 'own', port: 5433, dbname: 'd' });

  it('gives the address unless the environment does, which may be that of a proxy', () => {
    expect(loginOfSecret(text, OF_SECRET)).toMatchObject({ host: 'own', port: 5433, database: 'd', tls: true });
    expect(loginOfSecret(text, { ...OF_SECRET, host: 'proxy', port: 1, database: 'e' })).toMatchObject({
      host: 'proxy',
      port: 1,
      database: 'e',
    });
  });

  it('is not in what is printed of a login', () => {
    const login = loginOfSecret(text, OF_SECRET);
    expect(`${inspect(login, { depth: 9 })}${JSON.stringify(login)}`).not.toContain(CANARY);
    expect(login.password()).toBe(CANARY);
  });

  it.each([
    [`${CANARY}`, /is no JSON object/],
    [`["${CANARY}"]`, /is no JSON object/],
    [`{"password":"${CANARY}"}`, /no username and password/],
    [`{"username":"u","password":"${CANARY}"}`, /DATABASE_HOST/],
    [`{"username":"u","password":"${CANARY}","host":"h","dbname":"d","port":"none"}`, /no port/],
  ])('is told to be wrong without being told: %s', (secret, message) => {
    const read = () => loginOfSecret(secret, OF_SECRET);
    expect(read).toThrow(message);
    expect(read).not.toThrow(CANARY);
  });
});

it('a login comes from DATABASE_URL, else from the secret, else from nowhere (D4)', () => {
  expect(loginSource({ DATABASE_URL: 'x', DATABASE_SECRET_ARN: 'y' }).from).toBe('url');
  const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME } = {
    DATABASE_HOST: 'h',
    DATABASE_PORT: '1',
    DATABASE_NAME: 'd',
  };
  expect(loginSource({ DATABASE_SECRET_ARN: 'y', DATABASE_HOST, DATABASE_PORT, DATABASE_NAME })).toEqual({
    from: 'secret',
    secretArn: 'y',
    host: 'h',
    port: 1,
    database: 'd',
  });
  expect(() => loginSource({})).toThrow(/neither DATABASE_URL nor DATABASE_SECRET_ARN/);
  expect(() => loginSource({ DATABASE_SECRET_ARN: 'y', DATABASE_PORT: 'x' })).toThrow(/DATABASE_PORT is "x"/);
});
