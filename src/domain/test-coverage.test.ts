import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coveragePercent, readCoverage } from './test-coverage.ts';

const count = fc.nat({ max: 100_000 });

it.each<[string, (covered: number, total: number) => string]>([
  [
    'clover',
    (covered, total) =>
      `<?xml version="1.0"?><coverage generated="1"><project timestamp="1" name="All files">\n<metrics statements="${total}" coveredstatements="${covered}" methods="1"/><file name="a"><metrics statements="7" coveredstatements="1"/></file></project></coverage>`,
  ],
  [
    'lcov',
    (covered, total) => `SF:a.ts\nLF:${total}\nLH:${covered}\nend_of_record\nSF:b.ts\nLF:0\nLH:0\nend_of_record\n`,
  ],
  ['summary', (covered, total) => JSON.stringify({ total: { lines: { covered, total, pct: 1 } }, 'a.ts': {} })],
  [
    'cobertura',
    (covered, total) => `<coverage version="7" lines-valid="${total}" lines-covered="${covered}" line-rate="1">`,
  ],
])('reads what %s says of the whole', (_, write) => {
  fc.assert(
    fc.property(count, count, (covered, total) => {
      expect(readCoverage(write(covered, total))).toEqual({ covered, total });
    }),
  );
});

it('takes nothing else for a report, and a share of nothing for whole', () => {
  fc.assert(fc.property(fc.string(), (text) => void readCoverage(text)));
  for (const text of ['', '{}', '{"total":{"lines":{"covered":"many"}}}', '<coverage>', 'LH:3'])
    expect(readCoverage(text)).toBeUndefined();
  expect(coveragePercent({ covered: 0, total: 0 })).toBe(100);
  expect(coveragePercent({ covered: 4, total: 5 })).toBe(80);
});
