import type { DBInstance } from '@aws-sdk/client-rds';
import type { Scope } from '../../kernel/scope.ts';
import { pendingOfInstance } from './deferred-changes.ts';
import { latestRestorable } from './restorable.ts';
import { clusters, type InstanceRow, instances, subnetGroups } from './state.ts';
import { subnetGroupAnswer } from './subnet-group-answer.ts';

export function instanceAnswer(row: InstanceRow, scope: Scope): DBInstance {
  const cluster = row.clusterId === undefined ? undefined : clusters.in(scope).get(row.clusterId);
  const group = subnetGroups.in(scope).get(row.subnetGroup);
  const replicas = instances
    .in(scope)
    .values()
    .filter(({ sourceId }) => sourceId === row.id)
    .map(({ id }) => id);
  // An address is told when there is one: not while the instance is being made.
  const isReached = row.status !== 'creating';
  return {
    DBInstanceIdentifier: row.id,
    DBInstanceClass: row.class,
    Engine: row.engine,
    DBInstanceStatus: row.status,
    MasterUsername: row.username,
    ...(row.databaseName !== undefined && { DBName: row.databaseName }),
    ...(isReached && { Endpoint: { Address: row.endpoint, Port: row.port, HostedZoneId: 'Z2R2ITUGPM61AM' } }),
    AllocatedStorage: row.storageGb,
    InstanceCreateTime: new Date(row.created),
    PreferredBackupWindow: row.backupWindow,
    BackupRetentionPeriod: row.backupDays,
    ...(row.backupDays > 0 &&
      row.clusterId === undefined &&
      isReached && { LatestRestorableTime: latestRestorable(row, scope) }),
    DBSecurityGroups: [],
    VpcSecurityGroups: row.securityGroups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' })),
    DBParameterGroups: [{ DBParameterGroupName: row.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    AvailabilityZone: row.zone,
    ...(group && { DBSubnetGroup: subnetGroupAnswer(group) }),
    PreferredMaintenanceWindow: row.maintenanceWindow,
    PendingModifiedValues: pendingOfInstance(row),
    MultiAZ: row.multiAz,
    EngineVersion: row.engineVersion,
    AutoMinorVersionUpgrade: row.minorUpgrades,
    ReadReplicaDBInstanceIdentifiers: replicas,
    ...(row.sourceId !== undefined && { ReadReplicaSourceDBInstanceIdentifier: row.sourceId }),
    LicenseModel: 'postgresql-license',
    ...(row.iops !== undefined && { Iops: row.iops }),
    ...(row.throughput !== undefined && { StorageThroughput: row.throughput }),
    ...(row.maxStorageGb !== undefined && { MaxAllocatedStorage: row.maxStorageGb }),
    PubliclyAccessible: row.isPublic,
    StorageType: row.storageType,
    DbInstancePort: 0,
    ...(cluster && { DBClusterIdentifier: cluster.id }),
    StorageEncrypted: row.encrypted,
    ...(row.kmsKeyId !== undefined && { KmsKeyId: row.kmsKeyId }),
    DbiResourceId: row.resourceId,
    CACertificateIdentifier: row.certificate,
    DomainMemberships: [],
    CopyTagsToSnapshot: row.copiesTags,
    MonitoringInterval: row.monitoringSeconds,
    ...(row.monitoringRoleArn !== undefined && { MonitoringRoleArn: row.monitoringRoleArn }),
    ...(row.promotionTier !== undefined && { PromotionTier: row.promotionTier }),
    DBInstanceArn: row.arn,
    IAMDatabaseAuthenticationEnabled: row.iamAuth,
    PerformanceInsightsEnabled: row.performanceInsights,
    ...(row.logExports.length > 0 && { EnabledCloudwatchLogsExports: [...row.logExports] }),
    DeletionProtection: row.isProtected,
    AssociatedRoles: [],
    ...(row.masterSecretArn !== undefined && {
      MasterUserSecret: { SecretArn: row.masterSecretArn, SecretStatus: 'active' },
    }),
    NetworkType: 'IPV4',
    CertificateDetails: { CAIdentifier: row.certificate },
    TagList: row.tags.map((tag) => ({ ...tag })),
  };
}
