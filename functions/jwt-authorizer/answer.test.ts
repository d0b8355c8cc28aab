import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contextOf, policy, scopesOf } from './answer.ts';
import { bearerOf } from './event.ts';

it('F-123 S4-44: the policy is for the whole stage, whatever was asked', () => {
  const stage = 'arn:aws:execute-api:us-east-1:111111111111:abc123/v1';
  fc.assert(
    fc.property(fc.constantFrom('GET', 'POST', 'DELETE'), fc.webPath(), (method, path) => {
      const { policyDocument } = policy('Allow', `${stage}/${method}/${path}`, { sub: 'u1' }, []);
      expect(policyDocument.Statement).toEqual([
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${stage}/*` },
      ]);
    }),
  );
});

it('F-123 S4-46: the context holds scalars only, for any claims', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (claims) => {
      const context = contextOf(claims, Object.keys(claims));
      for (const value of Object.values(context)) expect(['string', 'number', 'boolean']).toContain(typeof value);
    }),
  );
});

it('S4-46: userId is the subject, roles are JSON, and what is not there is left out', () => {
  const claims = { sub: 'u1', email: 'a@example.com', roles: ['a,b', 'c'], admin: true, none: null };
  expect(contextOf(claims, ['userId', 'email', 'roles', 'admin', 'none', 'absent', 'toString'])).toEqual({
    userId: 'u1',
    email: 'a@example.com',
    roles: '["a,b","c"]',
    admin: true,
  });
});

it('S4-39: scopes are read from where issuers write them', () => {
  expect(scopesOf({ scope: 'a b', roles: ['admin', 7], 'cognito:groups': ['g'] })).toEqual(['a', 'b', 'admin', 'g']);
});

it.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc', 'abc'],
  ['abc', undefined],
  ['Basic abc', undefined],
  ['Bearer abc def', undefined],
  ['Bearer ', undefined],
  ['Bearer a,Bearer b', undefined],
  ['', undefined],
])('S4-34: of `%s` the token is %s', (authorizationToken, token) => {
  expect(bearerOf({ type: 'TOKEN', authorizationToken, methodArn: 'x' })).toBe(token);
});

it('S4-34: the header is found under any capitals, and two of them are none', () => {
  const event = { type: 'REQUEST', methodArn: 'x' } as const;
  expect(bearerOf({ ...event, headers: { AUTHORIZATION: 'Bearer a' } })).toBe('a');
  expect(
    bearerOf({ ...event, headers: { Authorization: 'Bearer a' }, multiValueHeaders: { Authorization: ['Bearer a'] } }),
  ).toBe('a');
  expect(bearerOf({ ...event, multiValueHeaders: { Authorization: ['Bearer a', 'Bearer b'] } })).toBeUndefined();
  expect(bearerOf({ ...event, headers: { Authorization: 'Bearer a', authorization: 'Bearer b' } })).toBeUndefined();
  expect(bearerOf({ ...event, headers: null })).toBeUndefined();
});
