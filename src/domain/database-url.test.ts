import fc from 'fast-check';
import { expect, it } from 'vitest';
import { databaseUrl } from './database-url.ts';

const address = { host: 'main.cluster-x.us-east-1.rds.amazonaws.com', port: 5432, name: 'app', user: 'dbadmin' };

it('asks for TLS by name (F-79)', () => {
  expect(databaseUrl(address, 'abc')).toBe(
    'postgresql://dbadmin:abc@main.cluster-x.us-east-1.rds.amazonaws.com:5432/app?sslmode=require',
  );
  expect(databaseUrl(address, undefined)).toContain('dbadmin:****@');
});

it('every user, password and name comes out as it went in, and nothing of them is syntax (F-81)', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((one) => one.toWellFormed());
  fc.assert(
    fc.property(text, text, text, (user, password, name) => {
      const url = databaseUrl({ ...address, user, name }, password);
      expect(url).toMatch(
        /^postgresql:\/\/[\w.~%-]+:[\w.~%-]+@main\.cluster-x[\w.-]+:5432\/[\w.~%-]+\?sslmode=require$/,
      );
      const [, userPart, passwordPart, namePart] = /^postgresql:\/\/(.+):(.+)@.+\/(.+)\?/.exec(url)!;
      expect([userPart, passwordPart, namePart].map((part) => decodeURIComponent(part!))).toEqual([
        user,
        password,
        name,
      ]);
    }),
  );
});
