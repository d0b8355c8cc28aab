import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restoreTarget } from './restore-moment.ts';

it.each([
  ['latest', { kind: 'latest' }],
  ['2026-11-29T18:00:00Z', { kind: 'time', at: new Date('2026-11-29T18:00:00Z') }],
  ['2026-11-29T19:00+01:00', { kind: 'time', at: new Date('2026-11-29T18:00:00Z') }],
  ['2026-11-29T18:00:00', 'zoneless'],
  ['2026-11-29', 'zoneless'],
  ['2026-11-29 18:00', 'zoneless'],
  ['2026-13-45T18:00:00Z', undefined],
  ['main-20261129-184500', { kind: 'snapshot', id: 'main-20261129-184500' }],
  ['rds:main-2026-11-29', { kind: 'snapshot', id: 'rds:main-2026-11-29' }],
  ['yesterday; rm -rf', undefined],
  ['', undefined],
])('%j', (text, target) => expect(restoreTarget(text)).toEqual(target));

it('never throws, and a time it takes is a time', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const target = restoreTarget(text);
      if (typeof target === 'object' && target.kind === 'time') expect(target.at.getTime()).not.toBeNaN();
    }),
  );
});
