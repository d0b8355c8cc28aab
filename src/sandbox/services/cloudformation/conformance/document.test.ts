import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FEATURES } from './features.ts';
import { counted, resultRows } from './results.ts';

it('names tests that exist', () => {
  for (const [feature, , tests] of FEATURES)
    for (const test of tests.split(', '))
      expect(existsSync(new URL(`../${test}`, import.meta.url)), `${feature}: ${test}`).toBe(true);
});

it('is equal to AWS in at least 95 of 100 compared cases, and leaves out at most a quarter', () => {
  const { equal, different, absent, all } = counted(resultRows());
  expect(equal / (equal + different)).toBeGreaterThanOrEqual(0.95);
  expect(absent / all).toBeLessThanOrEqual(0.25);
});
