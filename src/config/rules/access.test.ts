import { expect, it } from 'vitest';
import { loadText } from '../../testing/write-project.ts';

const USER = 'arn:aws:iam::111111111111:user/dana';

const said = (dev: string, prod: string, account = '111111111111') =>
  loadText(`project: shop
environments:
  dev: { kind: dev, account: "111111111111", access: { developers: { ${dev} } } }
  prod: { kind: prod, account: "${account}", access: { operations: { ${prod} } } }
`)
    .problems()
    .filter(({ rule }) => rule?.startsWith('access-'))
    .map(({ severity, rule, environment, path }) => [severity, rule, environment, path].join(' '));

const SETS = 'principals: ["sso:People"]';

it.each([
  [
    'a user without a second factor in prod',
    SETS,
    `principals: ["${USER}"], mfa: false`,
    ['error access-mfa prod access.operations.mfa'],
  ],
  ['a user with one', SETS, `principals: ["${USER}"]`, []],
  ['a permission set, which has one or not elsewhere', SETS, `${SETS}, mfa: false`, []],
])('access-mfa: %s', (_, dev, prod, expected) => {
  expect(said(dev, prod)).toEqual(expected);
});

it.each([
  [
    'may act beside a prod in which they may not',
    `may: operate, ${SETS}`,
    'principals: ["sso:Operations"]',
    '111111111111',
    ['warning access-apart dev access.developers.may'],
  ],
  ['may act there too', `may: operate, ${SETS}`, `may: deploy, ${SETS}`, '111111111111', []],
  ['only look', SETS, 'principals: ["sso:Operations"]', '111111111111', []],
  ['are in another account', `may: deploy, ${SETS}`, 'principals: ["sso:Operations"]', '222222222222', []],
])('access-apart: those of dev %s', (_, dev, prod, account, expected) => {
  expect(said(dev, prod, account)).toEqual(expected);
});
