import { join } from 'node:path';
import fc from 'fast-check';
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

it('S1-01: of any headers, only the host and the place are touched, and both are as CloudFront tells them', () => {
  const PLACE = ['city', 'country', 'region', 'latitude', 'longitude'];
  const told = PLACE.map((name) => `cloudfront-viewer-${name === 'region' ? 'country-region' : name}`);
  const claimed = [...PLACE.map((name) => `x-open-next-${name}`), 'x-forwarded-host'];
  const name = fc.constantFrom('accept', 'cookie', 'x-forwarded-for', ...claimed, ...told);
  const headers = fc.dictionary(name, fc.record({ value: fc.string() }), { noNullPrototype: true });
  fc.assert(
    fc.property(fc.domain(), headers, (host, others) => {
      const before = { ...others, host: { value: host } };
      const { headers: after } = run({ method: 'GET', uri: '/', headers: structuredClone(before) });
      expect(after['x-forwarded-host']).toEqual({ value: host });
      for (const [at, one] of PLACE.entries()) expect(after[`x-open-next-${one}`]).toEqual(others[told[at]!]);
      const untouched = (all: object) => Object.entries(all).filter(([one]) => !claimed.includes(one));
      expect(untouched(after)).toEqual(untouched(before));
    }),
  );
});
