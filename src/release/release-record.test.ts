import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newReleaseId } from './release-record.ts';

it('ids of releases sort by time, also those of one second', () => {
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2126, 0, 1) });
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 3000 }), (now, later) => {
      const [first, second] = [newReleaseId(now), newReleaseId(now + later)];
      expect(first).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
      expect([second, first].toSorted()).toEqual([first, second]);
    }),
  );
});
