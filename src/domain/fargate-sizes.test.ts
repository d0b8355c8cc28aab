import { expect, it } from 'vitest';
import { FARGATE_MEMORY, isFargateSize, nearestFargateSizes } from './fargate-sizes.ts';

it('knows the sizes of Fargate (F-54, S2-40)', () => {
  expect(isFargateSize(256, 2048)).toBe(true);
  expect(isFargateSize(256, 4096)).toBe(false);
  expect(isFargateSize(300, 512)).toBe(false);
  expect(FARGATE_MEMORY[2048]).toHaveLength(13);
  expect(FARGATE_MEMORY[4096]).toHaveLength(23);
  expect(FARGATE_MEMORY[4096]?.at(-1)).toBe(30 * 1024);
  expect(FARGATE_MEMORY[16384]?.at(-1)).toBe(120 * 1024);
});

it('offers the sizes that resemble what was asked for', () => {
  expect(nearestFargateSizes(512, 512)[0]).toEqual({ cpu: 512, memory: 1024 });
  expect(nearestFargateSizes(1000, 2000)[0]).toEqual({ cpu: 1024, memory: 2048 });
  expect(nearestFargateSizes(0, 0)).toHaveLength(3);
});
