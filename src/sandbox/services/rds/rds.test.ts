import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBProxyCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxyTargetsCommand,
  DescribeEventsCommand,
  ModifyDBClusterCommand,
  RDSClient,
  RegisterDBProxyTargetsCommand,
  RestoreDBClusterFromSnapshotCommand,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const CLUSTER = {
  DBClusterIdentifier: 'Main',
  Engine: 'aurora-postgresql',
  EngineVersion: '16.6',
  MasterUsername: 'dbadmin',
  MasterUserPassword: 'correct-horse',
  ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 },
};
const WRITER = {
  DBInstanceIdentifier: 'main-1',
  DBClusterIdentifier: 'main',
  Engine: 'aurora-postgresql',
  DBInstanceClass: 'db.serverless',
};

async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const rds = sandbox.client(RDSClient);
  const status = async () => {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'main' }));
    return DBClusters![0]!.Status;
  };
  return { sandbox, rds, status };
}

const MINUTE = 60_000;

describe('an Aurora cluster', () => {
  it('with its writer is there after eight minutes', async () => {
    const { sandbox, rds, status } = await open();
    await rds.send(new CreateDBClusterCommand(CLUSTER));
    expect(await status()).toBe('creating');
    await sandbox.advance(2 * MINUTE);
    expect(await status()).toBe('available');

    const { DBInstance } = await rds.send(new CreateDBInstanceCommand(WRITER));
    expect(DBInstance).toMatchObject({ DBInstanceStatus: 'creating', MasterUsername: 'dbadmin' });
    expect(DBInstance!.Endpoint).toBeUndefined();
    await sandbox.advance(6 * MINUTE);
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances![0]).toMatchObject({
      DBInstanceStatus: 'available',
      Endpoint: {
        Address: expect.stringMatching(/^main-1\.c[0-9a-z]{11}\.us-east-1\.rds\.amazonaws\.com$/),
        Port: 5432,
      },
    });
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
    expect(DBClusters![0]).toMatchObject({
      Endpoint: expect.stringMatching(/^main\.cluster-c[0-9a-z]{11}\./),
      ReaderEndpoint: expect.stringMatching(/^main\.cluster-ro-c/),
      DBClusterMembers: [{ DBInstanceIdentifier: 'main-1', IsClusterWriter: true }],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
    });
    const { Events } = await rds.send(
      new DescribeEventsCommand({ SourceType: 'db-cluster', SourceIdentifier: 'main' }),
    );
    expect(Events!.map(({ Message }) => Message)).toEqual(['DB cluster created']);
  });

  it('is not deleted while protected (F-05, F-85)', async () => {
    const { sandbox, rds } = await open();
    await rds.send(new CreateDBClusterCommand({ ...CLUSTER, DeletionProtection: true }));
    await sandbox.settle();
    const remove = () =>
      answerOf(rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'main', SkipFinalSnapshot: true })));
    expect(await remove()).toEqual(
      refusal(
        'InvalidParameterCombination',
        'Cannot delete protected Cluster, please disable deletion protection and try again.',
      ),
    );
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: 'main', DeletionProtection: false }));
    expect(await remove()).toMatchObject({ DBCluster: { Status: 'deleting' } });
    await sandbox.settle();
    expect(await remove()).toEqual(refusal('DBClusterNotFoundFault', 'DBCluster main not found.', 404));
  });

  it('leaves a final snapshot, from which another is restored', async () => {
    const { sandbox, rds } = await open();
    await rds.send(new CreateDBClusterCommand({ ...CLUSTER, DatabaseName: 'shop' }));
    await sandbox.settle();
    const { refused } = (await answerOf(
      rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'main' })),
    )) as ReturnType<typeof refusal>;
    expect(refused.message).toBe('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'main', FinalDBSnapshotIdentifier: 'last' }));
    await sandbox.settle();
    const { DBClusterSnapshots } = await rds.send(
      new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: 'main' }),
    );
    expect(DBClusterSnapshots).toMatchObject([{ DBClusterSnapshotIdentifier: 'last', Status: 'available' }]);
    const { DBCluster } = await rds.send(
      new RestoreDBClusterFromSnapshotCommand({
        DBClusterIdentifier: 'again',
        SnapshotIdentifier: 'last',
        Engine: 'aurora-postgresql',
      }),
    );
    expect(DBCluster).toMatchObject({ DatabaseName: 'shop', MasterUsername: 'dbadmin', EngineVersion: '16.6' });
  });

  it('cannot go before its members', async () => {
    const { sandbox, rds } = await open();
    await rds.send(new CreateDBClusterCommand(CLUSTER));
    await rds.send(new CreateDBInstanceCommand(WRITER));
    await sandbox.settle();
    const remove = () =>
      answerOf(rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'main', SkipFinalSnapshot: true })));
    expect(await remove()).toEqual(
      refusal(
        'InvalidDBClusterStateFault',
        'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
      ),
    );
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'main-1' }));
    expect(await remove()).toMatchObject({ DBCluster: { Status: 'deleting' } });
    await sandbox.settle();
    expect((await rds.send(new DescribeDBInstancesCommand({}))).DBInstances).toEqual([]);
  });

  it('stops and starts with its instances', async () => {
    const { sandbox, rds, status } = await open();
    await rds.send(new CreateDBClusterCommand(CLUSTER));
    await sandbox.settle();
    await rds.send(new StopDBClusterCommand({ DBClusterIdentifier: 'main' }));
    expect(await status()).toBe('stopping');
    await sandbox.settle();
    expect(await status()).toBe('stopped');
    await expect(
      rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: 'main', BackupRetentionPeriod: 3 })),
    ).rejects.toMatchObject({ name: 'InvalidDBClusterStateFault' });
  });

  it.each([
    ['a version that is not offered', { EngineVersion: '16.1' }, 'Cannot find version 16.1 for aurora-postgresql'],
    ['a reserved user', { MasterUsername: 'admin' }, /reserved word/],
    ['a short password', { MasterUserPassword: 'short' }, /shorter than 8/],
    ['a password with a slash', { MasterUserPassword: 'with/slash' }, /printable ASCII/],
    [
      'a capacity between half units',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0.3, MaxCapacity: 4 } },
      /increments of 0.5/,
    ],
    [
      'pausing on a version that cannot',
      { EngineVersion: '14.6', ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 } },
      "Serverless v2 capacity 0.0 isn't valid. The minimum capacity must be at least 0.5.",
    ],
    [
      'too little at the top',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 0.5 } },
      /must be at least 1.0/,
    ],
    [
      'a pause without zero',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 2, SecondsUntilAutoPause: 600 } },
      /only when MinCapacity is 0/,
    ],
    ['a subnet group that is not there', { DBSubnetGroupName: 'none' }, "DB subnet group 'none' does not exist."],
    ['a security group that is not there', { VpcSecurityGroupIds: ['sg-0'] }, /^Invalid security group/],
    [
      'a group of another family',
      { DBClusterParameterGroupName: 'default.aurora-postgresql15' },
      /aurora-postgresql15/,
    ],
  ])('is refused with %s', async (_, change, message) => {
    const { rds } = await open();
    await expect(rds.send(new CreateDBClusterCommand({ ...CLUSTER, ...change }))).rejects.toThrow(message);
  });

  it('takes no serverless instance without a capacity', async () => {
    const { rds } = await open();
    const { ServerlessV2ScalingConfiguration: _, ...provisioned } = CLUSTER;
    await rds.send(new CreateDBClusterCommand(provisioned));
    await expect(rds.send(new CreateDBInstanceCommand(WRITER))).rejects.toThrow(
      'Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.',
    );
  });
});

it('needs subnets in two zones', async () => {
  const { sandbox, rds } = await open();
  const { Subnets } = await sandbox.client(EC2Client).send(new DescribeSubnetsCommand({}));
  const group = { DBSubnetGroupName: 'db', DBSubnetGroupDescription: 'x' };
  const first = Subnets![0]!;
  expect(await answerOf(rds.send(new CreateDBSubnetGroupCommand({ ...group, SubnetIds: [first.SubnetId!] })))).toEqual(
    refusal(
      'DBSubnetGroupDoesNotCoverEnoughAZs',
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${first.AvailabilityZone}. Add subnets to cover at least 2 AZs.`,
    ),
  );
  await rds.send(
    new CreateDBSubnetGroupCommand({ ...group, SubnetIds: Subnets!.slice(0, 2).map(({ SubnetId }) => SubnetId!) }),
  );
  await rds.send(new CreateDBClusterCommand({ ...CLUSTER, DBSubnetGroupName: 'db' }));
  await expect(rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'db' }))).rejects.toMatchObject({
    name: 'InvalidDBSubnetGroupStateFault',
  });
});

it('makes a PostgreSQL instance of a class that exists', async () => {
  const { sandbox, rds } = await open();
  const instance = {
    DBInstanceIdentifier: 'small',
    Engine: 'postgres',
    EngineVersion: '16',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: 20,
    MasterUsername: 'dbadmin',
    MasterUserPassword: 'correct-horse',
  };
  await expect(
    rds.send(new CreateDBInstanceCommand({ ...instance, DBInstanceClass: 'db.serverless' })),
  ).rejects.toThrow(
    'RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.serverless, Engine=postgres',
  );
  await rds.send(new CreateDBInstanceCommand({ ...instance, DeletionProtection: true }));
  await sandbox.settle();
  await expect(
    rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'small', SkipFinalSnapshot: true })),
  ).rejects.toThrow('Cannot delete protected DB Instance, please disable deletion protection and try again.');
});

it('shows the targets of a proxy as they become reachable', async () => {
  const { sandbox, rds } = await open();
  const { Subnets } = await sandbox.client(EC2Client).send(new DescribeSubnetsCommand({}));
  await rds.send(new CreateDBClusterCommand(CLUSTER));
  await rds.send(new CreateDBInstanceCommand(WRITER));
  await rds.send(
    new CreateDBProxyCommand({
      DBProxyName: 'pool',
      EngineFamily: 'POSTGRESQL',
      RoleArn: 'arn:aws:iam::000000000000:role/proxy',
      VpcSubnetIds: Subnets!.slice(0, 2).map(({ SubnetId }) => SubnetId!),
      Auth: [{ SecretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:x' }],
    }),
  );
  await rds.send(new RegisterDBProxyTargetsCommand({ DBProxyName: 'pool', DBClusterIdentifiers: ['main'] }));
  const states = async () => {
    const { Targets } = await rds.send(new DescribeDBProxyTargetsCommand({ DBProxyName: 'pool' }));
    return Targets!.map(({ Type, TargetHealth }) => `${Type} ${TargetHealth?.State}`);
  };
  expect(await states()).toEqual(['TRACKED_CLUSTER undefined', 'RDS_INSTANCE REGISTERING']);
  await sandbox.settle();
  expect(await states()).toEqual(['TRACKED_CLUSTER undefined', 'RDS_INSTANCE AVAILABLE']);
});

it('lists versions page by page, with what serverless can do', async () => {
  const { rds } = await open();
  const first = await rds.send(new DescribeDBEngineVersionsCommand({ MaxRecords: 20 }));
  expect(first.DBEngineVersions).toHaveLength(20);
  const second = await rds.send(new DescribeDBEngineVersionsCommand({ MaxRecords: 20, Marker: first.Marker }));
  expect(second.DBEngineVersions![0]!.EngineVersion).not.toBe(first.DBEngineVersions![0]!.EngineVersion);
  const { DBEngineVersions } = await rds.send(
    new DescribeDBEngineVersionsCommand({ Engine: 'aurora-postgresql', EngineVersion: '16.6' }),
  );
  expect(DBEngineVersions![0]).toMatchObject({
    DBParameterGroupFamily: 'aurora-postgresql16',
    ServerlessV2FeaturesSupport: { MinCapacity: 0, MaxCapacity: 256 },
  });
});
