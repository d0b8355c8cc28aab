import { expect, it } from 'vitest';
import { counted } from './counted.ts';

it.each([
  [0, '0 services'],
  [1, '1 service'],
  [2, '2 services'],
])('counts %i as people do', (count, text) => {
  expect(counted(count, 'service')).toBe(text);
});

it('knows words with a plural of their own', () => {
  expect(counted(2, 'policy', 'policies')).toBe('2 policies');
});
