import { expect, it } from 'vitest';
import { coveredMs } from './covered-ms.ts';

it('counts waiting that overlaps once', () => {
  expect(coveredMs([])).toBe(0);
  expect(
    coveredMs([
      { from: 0, to: 10 },
      { from: 5, to: 20 },
      { from: 6, to: 7 },
      { from: 30, to: 31 },
    ]),
  ).toBe(21);
});
