import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkStrategy, providersFor } from './capacity-providers.ts';

const SPOT = { capacityProvider: 'FARGATE_SPOT', weight: 1 };
const counted = (names: readonly (string | undefined)[]) => ({
  FARGATE: names.filter((name) => name === 'FARGATE').length,
  FARGATE_SPOT: names.filter((name) => name === 'FARGATE_SPOT').length,
});

it('fills the base first, and gives it no more where its weight is 0', () => {
  const strategy = [SPOT, { capacityProvider: 'FARGATE', base: 2, weight: 0 }];
  expect(providersFor(strategy, {}, 4)).toEqual(['FARGATE', 'FARGATE', 'FARGATE_SPOT', 'FARGATE_SPOT']);
  expect(providersFor(strategy, { FARGATE: 1, FARGATE_SPOT: 3 }, 1)).toEqual(['FARGATE']);
  expect(providersFor([], {}, 2)).toEqual([undefined, undefined]);
});

it('divides the rest by weight, whatever runs already', () => {
  const arbitrary = fc.record({ one: fc.integer({ min: 1, max: 9 }), other: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(arbitrary, ({ one, other }) => {
      const strategy = [
        { ...SPOT, weight: one },
        { capacityProvider: 'FARGATE', weight: other },
      ];
      const { FARGATE, FARGATE_SPOT } = counted(providersFor(strategy, {}, (one + other) * 3));
      expect([FARGATE_SPOT, FARGATE]).toEqual([one * 3, other * 3]);
    }),
  );
});

it('is refused where no provider would take a task', () => {
  expect(() => checkStrategy(['FARGATE'], [{ capacityProvider: 'FARGATE', base: 1, weight: 0 }])).toThrow(/weight/);
});
