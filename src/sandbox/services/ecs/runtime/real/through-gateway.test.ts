import { expect, it } from 'vitest';
import { throughGateway } from './through-gateway.ts';

const through = (values: Record<string, string>) => throughGateway(values, { name: 'machine', ports: new Set([4001]) });

it.each([
  ['a host beside its port', { DATABASE_HOST: '127.0.0.1', DATABASE_PORT: '4001' }, { DATABASE_HOST: 'machine' }],
  [
    'a URL',
    { DATABASE_URL: 'postgres://me:pw@127.0.0.1:4001/app' },
    { DATABASE_URL: 'postgres://me:pw@machine:4001/app' },
  ],
  ['the JSON of a secret', { DB: '{"host":"127.0.0.1","port":4001}' }, { DB: '{"host":"machine","port":4001}' }],
])('leads %s to the machine', (_title, values, expected) => {
  expect(through(values)).toEqual({ ...values, ...expected });
});

it.each<Record<string, string>>([
  { BIND_HOST: '127.0.0.1' },
  { AGENT_HOST: '127.0.0.1', AGENT_PORT: '8125' },
  { URL: 'http://127.0.0.1:8000/', SHORT: 'http://127.0.0.1:400' },
  { SECRET: '{"host":"127.0.0.1","port":5432}', TEXT: '{127.0.0.1' },
])('leaves %j, which is no database of the machine', (values) => {
  expect(through(values)).toEqual(values);
});
