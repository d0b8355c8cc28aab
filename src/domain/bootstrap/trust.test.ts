import { expect, it } from 'vitest';
import { trustedBy } from './trust.ts';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, Action: unknown = 'sts:AssumeRole') => ({ Effect: 'Allow', Action, Principal });

it.each([
  [policy(allow({ AWS: '111111111111' })), ['111111111111'], []],
  [policy(allow({ AWS: 'arn:aws:iam::111111111111:root' })), ['111111111111'], []],
  [
    policy(allow({ AWS: ['arn:aws-cn:iam::111111111111:user/me', '222222222222'] })),
    ['111111111111', '222222222222'],
    [],
  ],
  [policy(allow('*')), ['*'], []],
  [policy(allow({ Service: 'cloudformation.amazonaws.com' })), [], ['cloudformation.amazonaws.com']],
  [policy(allow({ AWS: '111111111111' }, ['sts:TagSession', 'sts:AssumeRole'])), ['111111111111'], []],
  // What is deleted stays as an id that trusts nobody.
  [policy(allow({ AWS: 'AROAEXAMPLE' })), ['AROAEXAMPLE'], []],
  [policy(allow({ AWS: '111111111111' }, 'sts:TagSession')), [], []],
  [policy({ ...allow({ AWS: '111111111111' }), Effect: 'Deny' }), [], []],
  ['not json', [], []],
])('F-26 reads whom %s lets in', (text, accounts, services) => {
  expect(trustedBy(text)).toEqual({ accounts, services });
});
