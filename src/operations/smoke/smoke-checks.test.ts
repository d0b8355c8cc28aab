import { expect, it } from 'vitest';
import { type AddressFacts, smokeAddress } from './smoke-address.ts';
import { smokeChecks } from './smoke-checks.ts';

const none = { services: {}, sites: {}, apis: {} };
type Blocks = Parameters<typeof smokeChecks>[0];
const blocks = (more: object) => ({ ...none, ...more }) as unknown as Blocks;

it('asks a service for its health path with its own matcher, and no worker (C33)', () => {
  const services = {
    web: { http: {}, health: { path: '/health', matcher: '200-299,302' }, smoke: ['/about'] },
    worker: { smoke: [] },
  };
  expect(smokeChecks(blocks({ services }))).toMatchObject([
    { component: 'services.web', method: 'GET', path: '/health', expected: { statuses: ['200-299', '302'] } },
    { component: 'services.web', path: '/about', expected: { statuses: [200] }, needsToken: false },
  ]);
});

it('S1-70 S1-71: asks a site for every path that is named', () => {
  const checks = smokeChecks(blocks({ sites: { app: { smoke: ['/', '/api/health'] } } }));
  expect(checks.map(({ component, path }) => `${component} ${path}`)).toEqual(['sites.app /', 'sites.app /api/health']);
});

it('S4-95: a preflight is what a browser sends', () => {
  const smoke = [{ path: '/user', method: 'OPTIONS', origin: 'https://app.example.com', status: [200, 204] }];
  expect(smokeChecks(blocks({ apis: { public: { smoke } } }))).toMatchObject([
    {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'GET' },
      expected: { statuses: [200, 204], origin: 'https://app.example.com' },
    },
  ]);
});

const apart = { edge: { originVerify: false }, sites: {} } as unknown as AddressFacts['blocks'];
const facts = (urls: Record<string, string>, more: Partial<AddressFacts> = {}): AddressFacts => ({
  urls,
  blocks: apart,
  sandbox: false,
  ...more,
});
const API = 'https://abc.execute-api.us-east-1.amazonaws.com/v1';
const sandbox = { endpoint: 'http://127.0.0.1:9', sandbox: true };

it('goes where visitors go, an API’s stage in between, and knows AWS’s own name of it', () => {
  expect(smokeAddress('apis.public', '/user', facts({ 'apis.public.url': API }))).toEqual({
    url: new URL(`${API}/user`),
  });
  const urls = { 'services.web.url': 'https://api.example.com', 'runtime.loadBalancerHost': 'lb.elb.amazonaws.com' };
  expect(smokeAddress('services.web', '/health', facts(urls))).toEqual({
    url: new URL('https://api.example.com/health'),
    host: 'lb.elb.amazonaws.com',
  });
  expect(smokeAddress('services.web', '/', facts({}))).toEqual({ why: 'it is not deployed, or has no address' });
});

it('on the sandbox goes to what has a data plane there, on an emulator nowhere', () => {
  const urls = {
    'sites.app.url': 'https://d1.cloudfront.net',
    'apis.public.url': API,
    'services.web.url': 'http://lb',
  };
  expect(smokeAddress('sites.app', '/a', facts(urls, sandbox))).toEqual({
    url: new URL('http://127.0.0.1:9/_cloudfront/d1.cloudfront.net/a'),
  });
  expect(smokeAddress('apis.public', '/user', facts(urls, sandbox))).toEqual({
    url: new URL('http://127.0.0.1:9/_apigateway/abc.execute-api.us-east-1.amazonaws.com/v1/user'),
  });
  expect(smokeAddress('services.web', '/', facts(urls, sandbox))).toEqual({
    why: 'the sandbox has no data plane for it',
  });
  expect(smokeAddress('sites.app', '/', facts(urls, { ...sandbox, sandbox: false }))).toEqual({
    why: 'an emulator answers at no address of its own for it',
  });
});

it('S4-66: on LocalStack asks an API at the address that LocalStack has for it', () => {
  const blocks = { ...apart, apis: { public: { kind: 'rest', stage: 'local' }, open: { kind: 'http', stage: 'v1' } } };
  const urls = { 'apis.public.url': API, 'apis.public.id': 'abc', 'apis.open.url': API, 'apis.open.id': 'xyz' };
  const at = { blocks: blocks as unknown as AddressFacts['blocks'], endpoint: 'http://127.0.0.1:4566' };
  const address = (component: string, emulator?: string) =>
    smokeAddress(component, '/user', facts(urls, { ...at, emulator }));
  expect(address('apis.public', 'localstack')).toEqual({
    url: new URL('http://127.0.0.1:4566/restapis/abc/local/_user_request_/user'),
  });
  expect(address('apis.open', 'localstack')).toEqual({
    url: new URL('http://xyz.execute-api.localhost.localstack.cloud:4566/v1/user'),
  });
  expect(address('apis.public', 'moto')).toEqual({ why: expect.stringContaining('at no address') });
  expect(address('apis.public')).toEqual({ why: expect.stringContaining('at no address') });
});

it('asks a service that answers CloudFront only through a site that leads there', () => {
  const blocks = {
    edge: { originVerify: true },
    sites: { app: { kind: 'spa', apiPaths: { '/api/*': 'service.web' } } },
  } as unknown as AddressFacts['blocks'];
  const urls = { 'services.web.url': 'https://api.example.com', 'sites.app.url': 'https://app.example.com' };
  expect(smokeAddress('services.web', '/api/health?full', facts(urls, { blocks }))).toEqual({
    url: new URL('https://app.example.com/api/health?full'),
  });
  expect(smokeAddress('services.web', '/health', facts(urls, { blocks }))).toMatchObject({
    why: expect.stringContaining('CloudFront only'),
  });
});
