import fc from 'fast-check';
import { expect, it } from 'vitest';
import { driverBatches } from './driver-events.ts';

const batches = (lines: string[]) => [...driverBatches(lines)];

it('cuts a line of megabytes into events, and events into batches that PutLogEvents takes', () => {
  const line = 'lorem ipsum '.repeat(250_000);
  const all = batches([line, 'short']);
  expect(all.flat().join('')).toBe(`${line}short`);
  expect(all.length).toBeGreaterThan(2);
  for (const batch of all) {
    expect(batch.reduce((sum, event) => sum + Buffer.byteLength(event) + 26, 0)).toBeLessThanOrEqual(1_048_576);
    for (const event of batch) expect(Buffer.byteLength(event)).toBeLessThanOrEqual(262_118);
  }
});

it('never cuts a character, replaces halves of one, and writes no empty event', () => {
  const wide = '€'.repeat(100_000);
  expect(batches([wide]).flat().join('')).toBe(wide);
  expect(batches(['', 'a\ud800b'])).toEqual([['a\ufffdb']]);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (lines) => {
      expect(batches(lines).flat().join('')).toBe(lines.join(''));
    }),
  );
});
