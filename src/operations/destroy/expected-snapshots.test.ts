import { expect, it } from 'vitest';
import { expectedSnapshots } from './expected-snapshots.ts';

const database = (physicalId: string, fate: string, type = 'AWS::RDS::DBInstance') => ({
  stack: 'data',
  logicalId: 'Main',
  type,
  physicalId,
  fate,
  region: 'us-east-1',
});

it('lists the snapshots that a destruction will take, and none of what goes without or stays (F-85)', () => {
  const own = database('own', 'deleted');
  const resources = [
    own,
    database('theirs', 'snapshot', 'AWS::RDS::DBCluster'),
    database('member', 'deleted'),
    database('kept', 'retained'),
    database('queue', 'snapshot', 'AWS::SQS::Queue'),
  ];
  const standing = { resources, protectedDatabases: [own], stacks: [{ id: 'data', stackName: 'demo-prod-data' }] };
  const clock = { now: () => Date.UTC(2026, 10, 29, 23, 5) };
  expect(expectedSnapshots({ clock } as never, standing as never)).toMatchObject([
    {
      type: 'AWS::RDS::DBSnapshot',
      id: 'own-final-2026112923',
      reason: 'of own, to be taken before its stack is deleted',
    },
    {
      type: 'AWS::RDS::DBClusterSnapshot',
      id: 'demo-prod-data-snapshot-main-*',
      reason: expect.stringContaining('by CloudFormation'),
    },
  ]);
});
