import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isAtLeast, NEEDED_NODE } from './node-version.ts';

it('is what package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(engines.node).toBe(`>=${NEEDED_NODE}`);
});

it.each([
  ['22.22.2', true],
  ['24.0.0', true],
  ['22.100.0', true],
  ['22.22.1', false],
  ['22.9.9', false],
  ['20.19.5', false],
])('takes %s: %s', (version, fine) => {
  expect(isAtLeast(version, NEEDED_NODE)).toBe(fine);
});
