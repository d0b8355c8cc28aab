import { expect, it } from 'vitest';
import { type AssumeRequest, trusts } from './trust.ts';

const policy = (Principal: unknown, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }],
  });

const SESSION = { arn: 'arn:aws:sts::111111111111:assumed-role/deployer/alice' };
const cases: [string, string, AssumeRequest, boolean][] = [
  [
    'a service that is named',
    policy({ Service: 'ecs-tasks.amazonaws.com' }),
    { caller: { service: 'ecs-tasks.amazonaws.com' } },
    true,
  ],
  [
    'a service that is not',
    policy({ Service: ['ec2.amazonaws.com'] }),
    { caller: { service: 'ecs-tasks.amazonaws.com' } },
    false,
  ],
  ['anyone of a trusted account', policy({ AWS: 'arn:aws:iam::111111111111:root' }), { caller: SESSION }, true],
  ['nobody of another account', policy({ AWS: '222222222222' }), { caller: SESSION }, false],
  [
    'a session of a trusted role, path and all',
    policy({ AWS: 'arn:aws:iam::111111111111:role/ci/deployer' }),
    { caller: SESSION },
    true,
  ],
  [
    'no session of a role with a longer name',
    policy({ AWS: 'arn:aws:iam::111111111111:role/xdeployer' }),
    { caller: SESSION },
    false,
  ],
  ['another action', policy({ AWS: '*' }), { caller: SESSION, action: 'sts:TagSession' }, false],
  [
    'a condition that holds',
    policy(
      { Federated: 'arn:p' },
      { Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { 'token:sub': 'repo:acme/*' } } },
    ),
    {
      caller: { federated: 'arn:p' },
      action: 'sts:AssumeRoleWithWebIdentity',
      context: { 'token:sub': 'repo:acme/shop' },
    },
    true,
  ],
  [
    'a condition that does not',
    policy({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
    { caller: SESSION },
    false,
  ],
];

it.each(cases)('%s', (_, document, request, expected) => {
  expect(trusts(document, request)).toBe(expected);
});

it('lets a denial win', () => {
  const document = JSON.parse(policy({ AWS: '*' }));
  document.Statement.push({ Effect: 'Deny', Action: 'sts:*', Principal: { AWS: SESSION.arn } });
  expect(trusts(JSON.stringify(document), { caller: SESSION })).toBe(false);
});
