import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { renderCloudFrontFunction } from '../shared/cloudfront-function.ts';
import type { ViewerRequest } from '../shared/viewer-request.ts';
import { runAtTheEdge } from '../testing/run-at-the-edge.ts';

let run: (request: ViewerRequest) => ViewerRequest;
beforeAll(async () => {
  run = runAtTheEdge(await renderCloudFrontFunction(join(import.meta.dirname, 'handler.ts')));
});

it('S1-01: the host that the viewer asked reaches an application that answers under another', () => {
  const { headers } = run({ method: 'GET', uri: '/', headers: { host: { value: 'shop.example.com' } } });
  expect(headers).toEqual({ host: { value: 'shop.example.com' }, 'x-forwarded-host': { value: 'shop.example.com' } });
});

it('S1-01: what a viewer claims about host and place is not believed', () => {
  const { headers } = run({
    method: 'GET',
    uri: '/',
    headers: {
      host: { value: 'shop.example.com' },
      'x-forwarded-host': { value: 'evil.example.net' },
      'x-open-next-country': { value: 'XX' },
      'x-open-next-city': { value: 'Nowhere' },
      'cloudfront-viewer-country': { value: 'DE' },
    },
  });
  expect(headers['x-forwarded-host']).toEqual({ value: 'shop.example.com' });
  expect(headers['x-open-next-country']).toEqual({ value: 'DE' });
  expect(headers).not.toHaveProperty('x-open-next-city');
});
