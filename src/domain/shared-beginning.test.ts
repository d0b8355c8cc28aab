import { expect, it } from 'vitest';
import { sharedBeginning } from './shared-beginning.ts';

it.each([
  [[], ''],
  [['demo-dev-web'], 'demo-dev-web'],
  [['demo-dev-web', 'demo-dev-worker'], 'demo-dev-w'],
  [['a', 'b'], ''],
])('%j begin with %j', (names, shared) => {
  expect(sharedBeginning(names)).toBe(shared);
});
