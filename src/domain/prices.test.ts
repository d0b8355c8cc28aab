import { expect, it } from 'vitest';
import { PRICES } from './prices.ts';

it('C31: says of every price where AWS has it, where it was read, and how old it was there', () => {
  for (const [id, { usd, source, readAt, asOf }] of Object.entries(PRICES)) {
    expect(usd, id).toBeGreaterThan(0);
    expect(source, id).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/$/);
    expect(readAt, id).toMatch(/^https:\/\//);
    expect(asOf, id).toMatch(/^2026(-\d{2})?$|^undated, read 2026-11-30$/);
  }
});
