import { expect, it } from 'vitest';
import { loadText } from '../../testing/write-project.ts';

/** What the source systems do in different ways, and how the configuration settles it. */
const PROD = 'environments: { prod: { kind: prod, account: "111111111111" } }';
const load = (text: string, environment = 'sandbox') => loadText(`project: shop\n${text}`).environment(environment);
const rules = (text: string, environment?: string) =>
  load(text, environment).problems.map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);

it('D20: messages that come back while a function works on them are refused, and single failures are reported by themselves', () => {
  const consumer = (visibility: string) =>
    `queues: { jobs: { ${visibility} } }\nfunctions: { work: { source: w.ts, timeoutSeconds: 60, trigger: { on: queue, queue: queue.jobs } } }`;
  expect(rules(consumer('visibilitySeconds: 30'))).toContain('error queue-visibility queues.jobs.visibilitySeconds');
  expect(rules(consumer(''))).not.toContainEqual(expect.stringContaining('queues.jobs'));
  expect(load(consumer('')).blocks.functions.work!.trigger).toMatchObject({ on: 'queue', partialFailures: true });
});

it('C5: a database stands in isolated subnets unless private ones are asked for', () => {
  const database = (more: string) => `databases: { main: { databaseName: shop, acu: { min: 1, max: 4 }${more} } }`;
  expect(load(database('')).blocks.databases.main!.subnets).toBe('isolated');
  const own = load(database(', subnets: private'));
  expect([own.blocks.databases.main!.subnets, own.problems.filter(({ severity }) => severity === 'error')]).toEqual([
    'private',
    [],
  ]);
});

it('C6: a database that pauses has no proxy, which is off until it is asked for', () => {
  const database = (acu: string, more: string) => `databases: { main: { databaseName: shop, acu: ${acu}${more} } }`;
  const pausing = '{ min: 0, max: 4, autoPauseMinutes: 10 }';
  expect(load(database(pausing, '')).blocks.databases.main!.proxy).toBe(false);
  expect(rules(database(pausing, ', proxy: true'))).toContain('error pause-proxy databases.main.proxy');
  expect(rules(database('{ min: 1, max: 4 }', ', proxy: true'))).not.toContainEqual(expect.stringContaining('pause'));
});

it('C17: every origin may call in development, and none that is not named in production', () => {
  const api =
    'functions: { f: { source: f.ts } }\napis: { a: { handler: fn.f, apiKeys: true, cors: { origins: ["*"] } } }';
  expect(rules(api)).not.toContainEqual(expect.stringContaining('cors'));
  expect(rules(`${api}\n${PROD}`, 'prod')).toContain('error prod-cors apis.a.cors.origins');
});

it('C29: one secret with many keys, or many with one, and a service may be given both', () => {
  const { problems, blocks } = load(`secrets:
  app: { keys: { A: {}, B: {} } }
  stripe: { keys: { STRIPE_KEY: {} } }
services:
  worker: { image: { context: . }, secrets: { "*": "secret.app#*", KEY: "secret.stripe#STRIPE_KEY" } }`);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(blocks.services.worker!.secrets).toEqual({
    A: 'secret.app#A',
    B: 'secret.app#B',
    KEY: 'secret.stripe#STRIPE_KEY',
  });
});

it('C38: keys of anybody have hints and a time at which they are wanted; nobody in particular is known', () => {
  const { blocks } = load(
    'secrets: { pay: { keys: { WEBHOOK_SECRET: { hint: "Dashboard, Webhooks", phase: after-deploy } } } }',
  );
  expect(blocks.secrets.pay!.keys.WEBHOOK_SECRET).toMatchObject({ hint: 'Dashboard, Webhooks', phase: 'after-deploy' });
});
