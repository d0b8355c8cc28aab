import { expect, it } from 'vitest';
import { covers, overlaps } from './ipv4-range.ts';

it.each([
  ['0.0.0.0/0', '10.0.1.0/24', true],
  ['10.0.0.0/16', '10.0.1.7', true],
  ['10.0.1.0/24', '10.0.0.0/16', false],
  ['10.0.1.0/24', '10.0.2.0/24', false],
  ['255.255.255.255/32', '255.255.255.255', true],
  ['10.0.1.9/24', '10.0.1.200', true],
  ['fd00::/8', '10.0.1.0/24', false],
  ['10.0.1.0/33', '10.0.1.0/24', false],
  ['300.0.1.0/24', '10.0.1.0/24', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

it.each([
  ['10.0.0.0/16', '10.0.128.0/20', true],
  ['10.0.128.0/20', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.0.0/16', 'fd00::/8', false],
])('%s and %s have an address in common: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
});
