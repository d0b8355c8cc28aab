import { expect, it } from 'vitest';
import { sample } from './sample.ts';

it('draws the same for the same seed, in order, and other items for other seeds', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const drawn = sample(items, 5, 7);
  expect(drawn).toHaveLength(5);
  expect(sample(items, 5, 7)).toEqual(drawn);
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  expect(sample(items, 5, 8)).not.toEqual(drawn);
  expect(sample(items, 100, 1)).toEqual(items);
});
