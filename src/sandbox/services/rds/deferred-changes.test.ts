import {
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  RDSClient,
} from '@aws-sdk/client-rds';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const SMALL = {
  DBInstanceIdentifier: 'small',
  Engine: 'postgres',
  EngineVersion: '16.6',
  DBInstanceClass: 'db.t4g.micro',
  AllocatedStorage: 20,
  MasterUsername: 'dbadmin',
  MasterUserPassword: 'long-enough',
  BackupRetentionPeriod: 7,
};
const { MasterUserPassword: _, ...standing } = SMALL;

it('holds back what waits for the maintenance window, until ApplyImmediately brings all of it', async () => {
  const sandbox = await startSandbox();
  const rds = sandbox.client(RDSClient);
  await rds.send(new CreateDBInstanceCommand(SMALL));
  await sandbox.settle();
  const modify = async (changes: Partial<ModifyDBInstanceCommandInput>) => {
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'small', ...changes }));
    await sandbox.settle();
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
    return DBInstances![0]!;
  };

  const waiting = { MultiAZ: true, AllocatedStorage: 50, BackupRetentionPeriod: 0 };
  const first = await modify({ ...waiting, DBInstanceClass: 'db.t4g.small', DeletionProtection: true });
  expect(first).toMatchObject({ ...standing, MultiAZ: false, DeletionProtection: true });
  expect(first.PendingModifiedValues).toEqual({ ...waiting, DBInstanceClass: 'db.t4g.small' });

  // Taken back before its time; and another number of days is no outage, so it waits for nothing.
  const second = await modify({ DBInstanceClass: SMALL.DBInstanceClass, BackupRetentionPeriod: 3 });
  expect(second).toMatchObject({ BackupRetentionPeriod: 3, DBInstanceClass: SMALL.DBInstanceClass });
  expect(second.PendingModifiedValues).toEqual({ MultiAZ: true, AllocatedStorage: 50 });

  const third = await modify({ ApplyImmediately: true });
  expect(third).toMatchObject({ MultiAZ: true, AllocatedStorage: 50, PendingModifiedValues: {} });
});
