import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const SECRET = { JWT_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:jwt-AbCdEf' };
const JWKS = { JWT_JWKS_URL: 'https://issuer.example.com/jwks.json', JWT_ISSUER: 'https://issuer.example.com' };

it('the settings of the authorizer: a secret means HS256, a set of keys the others', () => {
  expect(readSettings({ ...SECRET, JWT_SECRET_KEY: 'JWT_SECRET', JWT_CONTEXT: 'userId, email,roles' })).toEqual({
    algorithms: ['HS256'],
    keys: { kind: 'secret', arn: SECRET.JWT_SECRET_ARN, field: 'JWT_SECRET' },
    audience: [],
    skewSeconds: 30,
    mostTokenBytes: 8192,
    context: ['userId', 'email', 'roles'],
    scopes: [],
    refusal: 401,
  });
  expect(readSettings(JWKS)).toMatchObject({
    algorithms: ['RS256', 'ES256'],
    keys: { kind: 'jwks', url: new URL(JWKS.JWT_JWKS_URL) },
  });
  expect(readSettings({ ...JWKS, JWT_ALGORITHMS: 'ES256', JWT_REFUSAL: '403' })).toMatchObject({
    algorithms: ['ES256'],
    refusal: 403,
  });
});

it.each([
  ['no key', {}, 'set one of JWT_SECRET_ARN'],
  ['two kinds of keys', { ...SECRET, ...JWKS }, 'set one of JWT_SECRET_ARN'],
  ['a public key for HS256', { ...JWKS, JWT_ALGORITHMS: 'RS256,HS256' }, 'HS256 is not one of RS256, ES256'],
  ['a secret for RS256', { ...SECRET, JWT_ALGORITHMS: 'RS256' }, 'RS256 is not one of HS256'],
  ['no algorithm at all', { ...SECRET, JWT_ALGORITHMS: 'none' }, 'none is not one of HS256'],
  ['keys without encryption on the way', { ...JWKS, JWT_JWKS_URL: 'http://issuer.example.com/' }, 'is an https URL'],
  ['keys without their issuer', { JWT_JWKS_URL: JWKS.JWT_JWKS_URL }, 'JWT_ISSUER is needed'],
  ['too much skew', { ...SECRET, JWT_CLOCK_SKEW_SECONDS: '3600' }, 'whole number from 0 to 300'],
  ['a skew that is no number', { ...SECRET, JWT_CLOCK_SKEW_SECONDS: 'abc' }, 'whole number from 0 to 300'],
  ['another answer', { ...SECRET, JWT_REFUSAL: '404' }, 'is 401 or 403'],
])('S4-35: settings with %s are refused before the first request', (_, variables, said) => {
  expect(() => readSettings(variables)).toThrow(said);
});
