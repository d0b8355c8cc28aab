import { expect, it } from 'vitest';
import { fewAtATime } from './few-at-a-time.ts';

it('keeps the order, and no more under way than it may', async () => {
  let underWay = 0;
  let most = 0;
  const work = async (item: number) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return item * 2;
  };
  expect(await fewAtATime([1, 2, 3, 4, 5, 6, 7], work, 3)).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(most).toBe(3);
  expect(await fewAtATime([], work)).toEqual([]);
});

it('ends with the first failure', async () => {
  await expect(fewAtATime([1, 2], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
