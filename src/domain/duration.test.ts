import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['0m', 0],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '30', 'm', '30 m', '-5m', '1.5h', '30m ', '1m1m', 'PT30M', '1d'])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it('never throws, and never answers with less than nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => (parseDuration(text) ?? 0) >= 0));
  });
});

it.each([
  [20_000, '20 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
  [86_400_000, '24 h'],
  [176_520_000, '2 days 1 h 2 min'],
  [-5, '0 s'],
])('%d ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));
