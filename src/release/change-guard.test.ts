import { describe, expect, it } from 'vitest';
import { unapproved } from './change-guard.ts';

const cluster = { LogicalResourceId: 'Cluster', ResourceType: 'AWS::RDS::DBCluster' };
const nothing = new Set<string>();

describe('the guard on the real change set', () => {
  it.each([
    ['replacement', { ...cluster, Action: 'Modify', Replacement: 'True' }],
    ['a replacement that depends', { ...cluster, Action: 'Modify', Replacement: 'Conditional' }],
    [
      'a replacement seen only in the policy',
      { ...cluster, Action: 'Modify', Replacement: 'False', PolicyAction: 'ReplaceAndDelete' },
    ],
    ['removal', { ...cluster, Action: 'Remove', PolicyAction: 'Snapshot' }],
  ])('stops on the %s of a database that nobody approved', (_, entry) => {
    expect(unapproved([entry], nothing)).toEqual([entry]);
    expect(unapproved([entry], new Set(['Cluster']))).toEqual([]);
  });

  it('lets pass what stays, what is kept, and what holds no state', () => {
    const fine = [
      { ...cluster, Action: 'Modify', Replacement: 'False' },
      { ...cluster, Action: 'Remove', PolicyAction: 'Retain' },
      { Action: 'Modify', Replacement: 'True', LogicalResourceId: 'Task', ResourceType: 'AWS::ECS::TaskDefinition' },
    ];
    expect(unapproved(fine, nothing)).toEqual([]);
  });

  it('lets the secret go that CloudFront no longer brings, and no other', () => {
    const secret = { Action: 'Remove', ResourceType: 'AWS::SecretsManager::Secret' };
    const origin = { ...secret, LogicalResourceId: 'OriginSecretsGeneration0448AB036' };
    const other = { ...secret, LogicalResourceId: 'DatabaseMainCredentialsSecretA1C5CABB' };
    expect(unapproved([origin, other], nothing)).toEqual([other]);
    const replaced = { ...origin, Action: 'Modify', Replacement: 'True' };
    expect(unapproved([replaced], nothing)).toEqual([replaced]);
  });

  it('never lets a subnet be replaced, and removed only when that was approved (F-12)', () => {
    const subnet = { Action: 'Modify', Replacement: 'True', LogicalResourceId: 'A', ResourceType: 'AWS::EC2::Subnet' };
    expect(unapproved([subnet], new Set(['A']))).toEqual([subnet]);
    const removed = { ...subnet, Action: 'Remove', Replacement: undefined };
    expect(unapproved([removed], nothing)).toEqual([removed]);
    expect(unapproved([removed], new Set(['A']))).toEqual([]);
  });
});
