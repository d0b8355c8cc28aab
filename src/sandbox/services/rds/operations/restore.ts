import type {
  CreateDBInstanceReadReplicaCommandInput,
  RestoreDBClusterFromSnapshotCommandInput,
  RestoreDBClusterToPointInTimeCommandInput,
  RestoreDBInstanceFromDBSnapshotCommandInput,
  RestoreDBInstanceToPointInTimeCommandInput,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { placedCluster, requireRoomForCluster } from '../cluster-input.ts';
import { DURATION } from '../durations.ts';
import { type Engine, requireEngine, resolveVersion } from '../engines.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { requireClass } from '../instance-classes.ts';
import { requireRoomForInstance } from '../instance-input.ts';
import { change } from '../lifecycle.ts';
import { clusterOf, instanceOf } from '../lookups.ts';
import { arnOf, endpointOf, freshResourceId, requireIdentifier } from '../naming.ts';
import { chosenSecurityGroups, chosenSubnetGroup } from '../network.ts';
import { passwordOf, withServer } from '../real-server.ts';
import { clusterState, instanceState } from '../refusals.ts';
import { earliestRestorable, latestRestorable } from '../restorable.ts';
import { checkedScaling } from '../scaling-rules.ts';
import { type ClusterRow, clusters, type InstanceRow } from '../state.ts';
import { mergeTags } from '../tags.ts';
import { startInstance } from './create-db-instance.ts';
import { snapshotOf } from './snapshots.ts';

type ClusterInput = Omit<RestoreDBClusterFromSnapshotCommandInput, 'SnapshotIdentifier' | 'Engine'>;

/** A new cluster with the data and credentials of another; everything else is as the call says, or a default. */
async function restoreCluster(source: ClusterRow, input: ClusterInput, call: Call) {
  const id = requireIdentifier('DBClusterIdentifier', input.DBClusterIdentifier);
  const version =
    input.EngineVersion === undefined ? source.engineVersion : resolveVersion('aurora-postgresql', input.EngineVersion);
  requireRoomForCluster(id, call);
  const made: ClusterRow = {
    ...placedCluster(
      {
        ...input,
        BackupRetentionPeriod: source.backupDays,
        StorageEncrypted: source.encrypted || input.KmsKeyId !== undefined,
      },
      { id, arn: arnOf(call, 'cluster', id), version },
      call,
    ),
    engineVersion: version,
    username: source.username,
    ...(source.databaseName !== undefined && { databaseName: source.databaseName }),
    ...(source.kmsKeyId !== undefined && { kmsKeyId: source.kmsKeyId }),
    ...(input.ServerlessV2ScalingConfiguration && {
      scaling: checkedScaling(input.ServerlessV2ScalingConfiguration, version),
    }),
    restoredFrom: source.arn,
  };
  const password = passwordOf(call, source.resourceId);
  const row = clusters.in(call).put(id, await withServer(call, made, { kind: 'cluster', password }));
  change(call, 'cluster', row.id, {
    from: 'creating',
    to: 'available',
    afterMs: DURATION.restore,
    message: 'DB cluster restored from snapshot',
    categories: ['creation'],
  });
  return { DBCluster: clusterAnswer(clusters.in(call).get(id)!, call) };
}

export function restoreDBClusterFromSnapshot(input: RestoreDBClusterFromSnapshotCommandInput, call: Call) {
  const snapshot = snapshotOf(call, 'cluster', input.SnapshotIdentifier);
  requireEngine(input.Engine);
  if (snapshot.status !== 'available')
    throw new AwsFault(
      'InvalidDBClusterSnapshotStateFault',
      `The snapshot ${snapshot.id} is in ${snapshot.status} state.`,
    );
  return restoreCluster(snapshot.of as ClusterRow, input, call);
}

export function restoreDBClusterToPointInTime(input: RestoreDBClusterToPointInTimeCommandInput, call: Call) {
  const source = clusterOf(call, input.SourceDBClusterIdentifier);
  if (source.status === 'creating') throw clusterState(`DBCluster ${source.id} is not in available state.`);
  const { RestoreToTime: time } = input;
  if (time !== undefined && (time < earliestRestorable(source, call) || time > latestRestorable(source, call)))
    throw new AwsFault(
      'InvalidRestoreFault',
      `The specified time ${time.toISOString()} is outside of the window in which ${source.id} can be restored.`,
    );
  return restoreCluster(source, input, call);
}

type InstanceInput = Omit<
  RestoreDBInstanceFromDBSnapshotCommandInput,
  'DBSnapshotIdentifier' | 'DBInstanceIdentifier'
> & {
  id: string | undefined;
};

async function restoreInstance(source: InstanceRow, input: InstanceInput, call: Call, more: Partial<InstanceRow> = {}) {
  const id = requireIdentifier('DBInstanceIdentifier', input.id);
  requireRoomForInstance(id, call);
  const group = chosenSubnetGroup(call, input.DBSubnetGroupName ?? source.subnetGroup);
  const { masterSecretArn: _, sourceId: __, networkInterface: ___, ...kept } = source;
  const row = await startInstance(
    {
      ...kept,
      id,
      arn: arnOf(call, 'db', id),
      resourceId: freshResourceId('db'),
      endpoint: endpointOf(call, id),
      created: call.world.clock.stamp(),
      class: requireClass(input.DBInstanceClass ?? source.class, source.engine as Engine, source.engineVersion),
      subnetGroup: group.name,
      securityGroups: chosenSecurityGroups(call, input.VpcSecurityGroupIds, group.vpcId),
      zone: input.AvailabilityZone ?? group.subnets[0]!.zone,
      multiAz: input.MultiAZ ?? false,
      port: input.Port ?? source.port,
      isPublic: input.PubliclyAccessible ?? false,
      isProtected: input.DeletionProtection ?? false,
      copiesTags: input.CopyTagsToSnapshot ?? source.copiesTags,
      tags: mergeTags([], input.Tags),
      ...more,
    },
    call,
    passwordOf(call, source.resourceId),
  );
  return { DBInstance: instanceAnswer(row, call) };
}

export function restoreDBInstanceFromDBSnapshot(input: RestoreDBInstanceFromDBSnapshotCommandInput, call: Call) {
  const snapshot = snapshotOf(call, 'instance', input.DBSnapshotIdentifier);
  if (snapshot.status !== 'available')
    throw new AwsFault('InvalidDBSnapshotState', `The snapshot ${snapshot.id} is in ${snapshot.status} state.`);
  return restoreInstance(snapshot.of as InstanceRow, { ...input, id: input.DBInstanceIdentifier }, call);
}

export function restoreDBInstanceToPointInTime(input: RestoreDBInstanceToPointInTimeCommandInput, call: Call) {
  const source = instanceOf(call, input.SourceDBInstanceIdentifier);
  if (source.clusterId !== undefined || source.backupDays === 0)
    throw instanceState(`Point in time recovery is not available for ${source.id}: it has no automated backups.`);
  return restoreInstance(source, { ...input, id: input.TargetDBInstanceIdentifier }, call);
}

export function createDBInstanceReadReplica(input: CreateDBInstanceReadReplicaCommandInput, call: Call) {
  const source = instanceOf(call, input.SourceDBInstanceIdentifier);
  if (source.clusterId !== undefined || source.status !== 'available')
    throw instanceState(`Instance ${source.id} is not in available state.`);
  if (source.backupDays === 0)
    throw instanceState(
      'Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.',
    );
  return restoreInstance(source, { ...input, id: input.DBInstanceIdentifier }, call, {
    sourceId: source.id,
    isWriter: false,
    backupDays: 0,
    ...(input.MonitoringInterval !== undefined && { monitoringSeconds: input.MonitoringInterval }),
    ...(input.MonitoringRoleArn !== undefined && { monitoringRoleArn: input.MonitoringRoleArn }),
    logExports: [...(input.EnableCloudwatchLogsExports ?? [])],
  });
}
