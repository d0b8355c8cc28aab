import { expect, it } from 'vitest';
import type { NetworkSettings } from '../../infra/settings.ts';
import { taskNetwork } from './task-network.ts';

const created = { from: 'created' } as Extract<NetworkSettings['source'], { from: 'created' }>;
const availabilityZones = ['us-east-1a', 'us-east-1b'];
const told = {
  PrivateSubnet1: 'subnet-p1',
  PrivateSubnet2: 'subnet-p2',
  PublicSubnet1: 'subnet-o1',
  PublicSubnet2: 'subnet-o2',
};
const outputsOf = (stack: string) => (stack === 'network' ? told : {});

it('tasks stand in the private subnets, and in the public ones only without another way out (C9)', () => {
  expect(taskNetwork({ availabilityZones, source: created, tasks: 'private' }, outputsOf)).toEqual({
    subnets: ['subnet-p1', 'subnet-p2'],
    assignPublicIp: false,
  });
  expect(taskNetwork({ availabilityZones, source: created, tasks: 'public' }, outputsOf)).toEqual({
    subnets: ['subnet-o1', 'subnet-o2'],
    assignPublicIp: true,
  });
});

it("tasks stand in the subnets of others' networks as configured, or as their provider says", () => {
  const existing = { from: 'existing', vpcId: 'vpc-1', publicSubnetIds: [], isolatedSubnetIds: [] } as const;
  expect(
    taskNetwork(
      { availabilityZones, source: { ...existing, privateSubnetIds: ['subnet-x'] }, tasks: 'private' },
      outputsOf,
    ),
  ).toEqual({ subnets: ['subnet-x'], assignPublicIp: false });
  const shared = { availabilityZones, source: { from: 'shared' }, tasks: 'private' } as const;
  expect(taskNetwork(shared, outputsOf, 'subnet-a,subnet-b,subnet-c').subnets).toEqual(['subnet-a', 'subnet-b']);
  expect(taskNetwork(shared, outputsOf).subnets).toEqual([]);
});

it('before the network is deployed there are no subnets', () => {
  expect(taskNetwork({ availabilityZones, source: created, tasks: 'private' }, () => ({})).subnets).toEqual([]);
});
