import { expect, it } from 'vitest';
import { smokeAddress } from './smoke-address.ts';
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

it('goes where visitors go, an API’s stage in between; on the sandbox to what has a data plane there', () => {
  const url = 'https://abc.execute-api.us-east-1.amazonaws.com/v1';
  expect(smokeAddress('apis.public', '/user', { url })).toEqual({ url: new URL(`${url}/user`) });
  expect(smokeAddress('sites.app', '/a', { url: 'https://d1.cloudfront.net', endpoint: 'http://127.0.0.1:9' })).toEqual(
    {
      url: new URL('http://127.0.0.1:9/_cloudfront/d1.cloudfront.net/a'),
    },
  );
  expect(smokeAddress('apis.public', '/user', { url, endpoint: 'http://127.0.0.1:9' })).toEqual({
    url: new URL('http://127.0.0.1:9/_apigateway/abc.execute-api.us-east-1.amazonaws.com/v1/user'),
  });
  expect(smokeAddress('services.web', '/', { url: 'http://lb', endpoint: 'http://127.0.0.1:9' })).toEqual({
    why: 'the sandbox has no data plane for it',
  });
  expect(smokeAddress('services.web', '/', { url: undefined })).toEqual({
    why: 'it is not deployed, or has no address',
  });
});
