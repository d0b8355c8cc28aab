import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SUBNET_KINDS, subnetCidr } from './subnet-cidr.ts';

it('gives /24 subnets of 10.0.0.0/16 (S2-09, S2-11)', () => {
  expect(subnetCidr('10.0.0.0/16', 24, { zone: 0, kind: 'public' })).toBe('10.0.0.0/24');
  expect(subnetCidr('10.0.0.0/16', 24, { zone: 0, kind: 'private' })).toBe('10.0.1.0/24');
  expect(subnetCidr('10.0.0.0/16', 24, { zone: 1, kind: 'isolated' })).toBe('10.0.6.0/24');
  expect(subnetCidr('172.16.128.0/20', 26, { zone: 2, kind: 'isolated' })).toBe('172.16.130.128/26');
});

it('never gives two subnets the same addresses, and stays inside the VPC', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 5, max: 8 }), (prefix, bits) => {
      const blocks = [0, 1, 2].flatMap((zone) =>
        SUBNET_KINDS.map((kind) => subnetCidr(`10.0.0.0/${prefix}`, prefix + bits, { zone, kind })),
      );
      expect(new Set(blocks).size).toBe(blocks.length);
      for (const block of blocks) expect(block.startsWith('10.')).toBe(true);
    }),
  );
});

it('says so when the VPC is too small', () => {
  expect(() => subnetCidr('10.0.0.0/24', 26, { zone: 1, kind: 'public' })).toThrow('has room for 4 subnets of /26');
});
