import { expect, it } from 'vitest';
import { difference } from './difference.ts';

it('finds the first place where two values differ, however deep', () => {
  expect(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBeUndefined();
  expect(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe('.a.1.b: 2 became 3');
  expect(difference({ a: 1 }, { a: 1, b: 2 })).toBe('.b: nothing became 2');
  expect(difference([], {})).toBe('.: [] became {}');
});
