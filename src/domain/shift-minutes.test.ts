import { expect, it } from 'vitest';
import { shiftMinutes } from './shift-minutes.ts';

it.each([
  [{ type: 'rolling' } as const, 0],
  [{ type: 'blue-green', bakeMinutes: 10 } as const, 10],
  [{ type: 'canary', percent: 20, minutes: 15, bakeMinutes: 5 } as const, 20],
  [{ type: 'linear', percent: 25, minutes: 4, bakeMinutes: 0 } as const, 12],
  [{ type: 'linear', percent: 30, minutes: 4, bakeMinutes: 1 } as const, 13],
])('%o takes %i minutes', (rollout, minutes) => {
  expect(shiftMinutes(rollout)).toBe(minutes);
});
