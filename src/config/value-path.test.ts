import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePath, pathMatches, pathText } from './value-path.ts';

const step = fc.oneof(fc.string({ minLength: 1 }), fc.nat({ max: 99 }));

it('reads back every path that it writes', () => {
  fc.assert(
    fc.property(fc.array(step), (path) => {
      expect(parsePath(pathText(path))).toEqual(path);
    }),
  );
});

it('writes paths as people do', () => {
  expect(pathText(['sites', 'app', 'apiPaths', '/api/*'])).toBe('sites.app.apiPaths["/api/*"]');
  expect(pathText(['waivers', 0, 'rule'])).toBe('waivers[0].rule');
});

it('answers any text with a path or nothing', () => {
  expect(parsePath('["\\q"]')).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const path = parsePath(text);
      expect(path === undefined || Array.isArray(path)).toBe(true);
    }),
  );
});

it('matches a step by its name or by a star, and what is inside by two', () => {
  expect(pathMatches(['services', 'web', 'env', 'A'], 'services.*.env.*')).toBe(true);
  expect(pathMatches(['services', 'web', 'env'], 'services.*.env.*')).toBe(false);
  expect(pathMatches(['network', 'nat', 'gateways'], 'network.nat.**')).toBe(true);
  expect(pathMatches(['network', 'azs'], 'network.nat.**')).toBe(false);
});
