import type { DBClusterSnapshot, DBSnapshot } from '@aws-sdk/client-rds';
import type { ClusterRow, InstanceRow, SnapshotRow } from './state.ts';

const progress = ({ status }: SnapshotRow) => (status === 'available' ? 100 : 0);

export function clusterSnapshotAnswer(row: SnapshotRow): DBClusterSnapshot {
  const of = row.of as ClusterRow;
  return {
    AvailabilityZones: [...of.zones],
    DBClusterSnapshotIdentifier: row.id,
    DBClusterIdentifier: row.sourceId,
    SnapshotCreateTime: new Date(row.created),
    Engine: of.engine,
    EngineMode: 'provisioned',
    AllocatedStorage: 1,
    Status: row.status,
    Port: 0,
    VpcId: row.vpcId,
    ClusterCreateTime: new Date(row.sourceCreated),
    MasterUsername: of.username,
    EngineVersion: of.engineVersion,
    LicenseModel: 'postgresql-license',
    SnapshotType: row.type,
    PercentProgress: progress(row),
    StorageEncrypted: of.encrypted,
    ...(of.kmsKeyId !== undefined && { KmsKeyId: of.kmsKeyId }),
    DBClusterSnapshotArn: row.arn,
    IAMDatabaseAuthenticationEnabled: of.iamAuth,
    TagList: row.tags.map((tag) => ({ ...tag })),
    DbClusterResourceId: of.resourceId,
  };
}

export function instanceSnapshotAnswer(row: SnapshotRow): DBSnapshot {
  const of = row.of as InstanceRow;
  return {
    DBSnapshotIdentifier: row.id,
    DBInstanceIdentifier: row.sourceId,
    SnapshotCreateTime: new Date(row.created),
    Engine: of.engine,
    AllocatedStorage: of.storageGb,
    Status: row.status,
    Port: of.port,
    AvailabilityZone: of.zone,
    VpcId: row.vpcId,
    InstanceCreateTime: new Date(row.sourceCreated),
    MasterUsername: of.username,
    EngineVersion: of.engineVersion,
    LicenseModel: 'postgresql-license',
    SnapshotType: row.type,
    PercentProgress: progress(row),
    StorageType: of.storageType,
    Encrypted: of.encrypted,
    ...(of.kmsKeyId !== undefined && { KmsKeyId: of.kmsKeyId }),
    DBSnapshotArn: row.arn,
    IAMDatabaseAuthenticationEnabled: of.iamAuth,
    DbiResourceId: of.resourceId,
    TagList: row.tags.map((tag) => ({ ...tag })),
  };
}
