import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { askChecks, type SmokePowers } from './ask-checks.ts';
import type { SmokeCheck } from './smoke-checks.ts';

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

/** No endpoint: what is asked is asked where visitors ask. */
const session = (waited: number[] = []) =>
  ({
    clock: { now: () => 0, sleep: async (ms: number) => void waited.push(ms) },
    environment: { name: 'prod', kind: 'prod', sandboxed: false, blocks: { edge: { originVerify: false }, sites: {} } },
    reporter: { tree: (_title: string, work: (tree: object) => unknown) => work({ row: () => undefined }) },
    signal: new AbortController().signal,
    target: { sandbox: false, pollMs: 1 },
    variables: {},
  }) as unknown as SmokePowers;

const check: SmokeCheck = {
  component: 'services.web',
  method: 'GET',
  path: '/health',
  headers: {},
  expected: { statuses: [200] },
  needsToken: false,
};

it('S3-121: past a name without DNS asks the load balancer itself, and says which record is missing', async () => {
  const port = await serve((request, response) => response.end(request.headers.host));
  const urls = { 'services.web.url': `http://api.example.invalid:${port}`, 'runtime.loadBalancerHost': '127.0.0.1' };
  expect(await askChecks(session(), { checks: [check], urls, resting: new Map() })).toMatchObject([
    {
      status: 'passed',
      answer: { status: 200 },
      record: { name: 'api.example.invalid', type: 'CNAME', value: '127.0.0.1' },
    },
  ]);
});

it('waits for what comes up, and asks no second time what a second time would change nothing of', async () => {
  let asked = 0;
  const port = await serve((_, response) => {
    asked += 1;
    response.writeHead(asked < 3 ? 503 : 200).end();
  });
  const urls = { 'services.web.url': `http://127.0.0.1:${port}` };
  const waited: number[] = [];
  const ask = (one: SmokeCheck) => askChecks(session(waited), { checks: [one], urls, resting: new Map() });
  expect(await ask(check)).toMatchObject([{ status: 'passed', record: null }]);
  expect(waited).toEqual([3_000, 3_000]);
  expect(await ask({ ...check, expected: { statuses: [404] } })).toMatchObject([
    { status: 'failed', why: ['it answered 200, not 404'] },
  ]);
  expect(asked).toBe(4);
});

it('asks nothing that rests, and does not wait for it', async () => {
  const resting = new Map([['services.web', 'it is paused']]);
  const urls = { 'services.web.url': 'http://127.0.0.1:1' };
  expect(await askChecks(session(), { checks: [check], urls, resting })).toMatchObject([
    { status: 'skipped', why: ['it is paused'], answer: null },
  ]);
});

it('what nobody answers is asked for half a minute, then failed', async () => {
  const waited: number[] = [];
  const urls = { 'services.web.url': 'http://127.0.0.1:1' };
  const [result] = await askChecks(session(waited), { checks: [check], urls, resting: new Map() });
  expect(result).toMatchObject({ status: 'failed', answer: null });
  expect(result!.why[0]).toMatch(/^nobody answers: /);
  expect(waited).toHaveLength(10);
});

it('F-63: says that an address is redirected to itself for ever, and not F-63 of a way that ends or leads elsewhere', async () => {
  const port = await serve(({ url = '' }, response) => {
    const to: Record<string, string> = {
      '/itself': '/itself',
      '/there': '/back',
      '/back': '/there#top',
      '/ends': '/end',
      '/away': 'https://www.example.invalid/away',
      '/hostile': 'http://[',
    };
    if (to[url] === undefined) response.end('here');
    else response.writeHead(301, { location: to[url] }).end();
  });
  const urls = { 'services.web.url': `http://127.0.0.1:${port}` };
  const ask = async (path: string) =>
    (await askChecks(session(), { checks: [{ ...check, path }], urls, resting: new Map() }))[0]!;
  expect(await ask('/itself')).toMatchObject({
    status: 'failed',
    failure: 'F-63',
    why: ['it answered 301, not 200', expect.stringContaining('X-Forwarded-Proto')],
  });
  expect((await ask('/there')).why[1]).toContain(`/there → http://127.0.0.1:${port}/back → `);
  for (const path of ['/ends', '/away', '/hostile'])
    expect(await ask(path)).toMatchObject({ status: 'failed', failure: null, why: ['it answered 301, not 200'] });
});

it('F-123 and F-125: knows the errors of API Gateway by its own words, and not F-123, not F-125 in those of a program', async () => {
  const port = await serve(({ url = '' }, response) => {
    if (url === '/authorizer')
      response.writeHead(500, { 'x-amzn-errortype': 'AuthorizerConfigurationException' }).end('{"message":null}');
    else if (url === '/late') response.writeHead(504).end('{"message": "Endpoint request timed out"}');
    else if (url === '/large') response.writeHead(413).end('{"message":"Request Too Long"}');
    else response.writeHead(504).end('the database did not answer');
  });
  const urls = { 'apis.public.url': `http://127.0.0.1:${port}` };
  const ask = async (path: string) => {
    const asked = { ...check, component: 'apis.public', path };
    return (await askChecks(session(), { checks: [asked], urls, resting: new Map() }))[0]!.failure;
  };
  expect(await Promise.all(['/authorizer', '/late', '/large', '/own'].map(ask))).toEqual([
    'F-123',
    'F-125',
    'F-125',
    null,
  ]);
});
