import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

const KEYS = ['account', 'region', 'environments', 'logRetentionDays', 'aurora-postgres', 'prod', 'dev'];

it.each([
  ['acount', 'account'],
  ['enviroments', 'environments'],
  ['log_retention_days', 'logRetentionDays'],
  ['Region', 'region'],
  ['aurora', 'aurora-postgres'],
  ['production', 'prod'],
  ['devel', 'dev'],
  ['rgeion', 'region'],
])('takes %s for %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

it.each(['', 'x', 'completely-different', 'a'.repeat(100)])('does not guess at %j', (word) => {
  expect(nearest(word, KEYS)).toBeUndefined();
});

const word = fc.string({ maxLength: 8 });

it('counts changes as a distance: none to itself, the same both ways, at most the longer word', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
