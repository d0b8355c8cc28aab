import { expect, it } from 'vitest';
import { throughGateway } from './through-gateway.ts';

const PASSAGES = [
  { address: '127.70.1.2', port: 5432, inside: { host: 'machine', port: 5432 } },
  { address: '127.70.1.3', port: 5432, inside: { host: 'machine', port: 4001 } },
];

it.each<[string, Record<string, string>, Record<string, string>]>([
  ['a host', { DATABASE_HOST: '127.70.1.2' }, { DATABASE_HOST: 'machine' }],
  [
    'a host beside its port',
    { DATABASE_HOST: '127.70.1.3', DATABASE_PORT: '5432', OTHER_PORT: '5432' },
    { DATABASE_HOST: 'machine', DATABASE_PORT: '4001', OTHER_PORT: '5432' },
  ],
  ['a URL', { DB: 'postgres://me:pw@127.70.1.3:5432/app' }, { DB: 'postgres://me:pw@machine:4001/app' }],
  ['the JSON of a secret', { DB: '{"host":"127.70.1.3","port":5432}' }, { DB: '{"host":"machine","port":4001}' }],
])('leads %s to the machine', (_title, values, expected) => {
  expect(throughGateway(values, PASSAGES)).toEqual(expected);
});

it('leaves everything else that says loopback', () => {
  const values = { BIND_HOST: '127.0.0.1', URL: 'http://127.0.0.1:5432/', TEXT: '{127.0.0.1', PORT: '5432' };
  expect(throughGateway(values, PASSAGES)).toEqual(values);
});
