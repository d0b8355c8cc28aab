import { expect, it } from 'vitest';
import { maxConnectionsOfCapacity, maxConnectionsOfClass } from './max-connections.ts';

it.each([
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
  [32, 5000],
  [256, 5000],
])('as the documentation of Aurora has it: %d units, %d connections (S2-97, C23)', (max, connections) => {
  expect(maxConnectionsOfCapacity({ min: 1, max })).toBe(connections);
});

it('is held down where a cluster may go down to half a unit or nothing', () => {
  expect(maxConnectionsOfCapacity({ min: 0.5, max: 16 })).toBe(2000);
  expect(maxConnectionsOfCapacity({ min: 0, max: 4 })).toBe(823);
});

it.each([
  ['db.t3.micro', 112],
  ['db.t4g.medium', 450],
  ['db.m6g.large', 901],
  ['db.r6g.2xlarge', 5000],
  ['db.z1d.large', undefined],
  ['db.r6g.metal', undefined],
])('of the instance class %s: %s', (name, connections) => {
  expect(maxConnectionsOfClass(name)).toBe(connections);
});
