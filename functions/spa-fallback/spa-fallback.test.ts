import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderCloudFrontFunction } from '../shared/cloudfront-function.ts';
import type { ViewerRequest } from '../shared/viewer-request.ts';
import { runAtTheEdge } from '../testing/run-at-the-edge.ts';
import { matchesPath } from './path-pattern.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };
const OLD_BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const FETCH = { accept: '*/*', 'sec-fetch-mode': 'cors' };
const CURL = { accept: '*/*' };

const requestOf = (uri: string, headers: Record<string, string>, method = 'GET'): ViewerRequest => ({
  method,
  uri,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
});

describe('the SPA fallback, as CloudFront runs it', () => {
  let run: (request: ViewerRequest) => ViewerRequest;
  beforeAll(async () => {
    const entry = join(import.meta.dirname, 'handler.ts');
    run = runAtTheEdge(await renderCloudFrontFunction(entry, { API_PATHS: ['/api/*', 'graphql', '/v?/users'] }));
  });
  const answered = (uri: string, headers: Record<string, string>, method?: string) =>
    run(requestOf(uri, headers, method)).uri;

  it.each([
    ['/', BROWSER],
    ['/orders/17', BROWSER],
    ['/orders/17/', BROWSER],
    ['/users/john.doe', BROWSER],
    ['/apidocs', BROWSER],
    ['/orders', OLD_BROWSER],
    ['/users/john.doe', OLD_BROWSER],
    ['/orders', CURL],
    ['/orders', {}],
  ])('D7: %s is a page of the application for %o', (uri, headers) => {
    expect(answered(uri, headers)).toBe('/index.html');
  });

  it.each([
    ['/api/orders', BROWSER],
    ['/api/unknown/path', OLD_BROWSER],
    ['/api', BROWSER],
    ['/api/', CURL],
    ['/graphql', BROWSER],
    ['/v1/users', BROWSER],
  ])('F-115 D7: %s of the API stays what it is, so its 404 stays a 404', (uri, headers) => {
    expect(answered(uri, headers)).toBe(uri);
  });

  it.each([
    ['/assets/index-3f9a.js', BROWSER],
    ['/assets/missing.JS', FETCH],
    ['/robots.txt', CURL],
    ['/report.pdf', BROWSER],
    ['/.well-known/apple-app-site-association', BROWSER],
    ['/v1.2', CURL],
    ['/orders', FETCH],
    ['/orders', { accept: 'application/json' }],
  ])('F-115: %s is no navigation for %o, and a missing file stays missing', (uri, headers) => {
    expect(answered(uri, headers)).toBe(uri);
  });

  it('F-115: only reading is a navigation', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect(answered('/orders', BROWSER, method)).toBe('/orders');
    expect(answered('/orders', BROWSER, 'HEAD')).toBe('/index.html');
  });

  it('answers any path with itself or the page, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.constantFrom(BROWSER, OLD_BROWSER, FETCH, CURL), (path, headers) => {
        const before = requestOf(`/${path}`, headers);
        const after = run(before);
        expect([before.uri, '/index.html']).toContain(after.uri);
        expect({ ...after, uri: before.uri }).toEqual(before);
        if (before.uri.startsWith('/api/')) expect(after.uri).toBe(before.uri);
      }),
    );
  });
});

describe('path patterns', () => {
  it('are CloudFront’s, for any text around them', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webPath(), (base, path) => {
        expect(matchesPath([`/x${base}/*`])(`/x${base}/${path}`)).toBe(true);
        expect(matchesPath([`/x${base}/*`])(`/x${base}`)).toBe(true);
        expect(matchesPath([`/x${base}`])(`/y${path}`)).toBe(false);
      }),
    );
  });

  it('take a dot and other signs for themselves', () => {
    expect(matchesPath(['/a.b/*'])('/axb/c')).toBe(false);
    expect(matchesPath(['/a+(b)/*'])('/a+(b)/c')).toBe(true);
    expect(matchesPath(['*.json'])('/data/x.json')).toBe(true);
    expect(matchesPath([])('/anything')).toBe(false);
  });
});
