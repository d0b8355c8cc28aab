import type { DBCluster } from '@aws-sdk/client-rds';
import type { Scope } from '../../kernel/scope.ts';
import { pendingOfCluster } from './deferred-changes.ts';
import { membersOf } from './lookups.ts';
import { earliestRestorable, latestRestorable } from './restorable.ts';
import type { ClusterRow } from './state.ts';

export function clusterAnswer(row: ClusterRow, scope: Scope): DBCluster {
  const members = membersOf(scope, row.id);
  return {
    AllocatedStorage: 1,
    AvailabilityZones: [...row.zones],
    BackupRetentionPeriod: row.backupDays,
    ...(row.databaseName !== undefined && { DatabaseName: row.databaseName }),
    DBClusterIdentifier: row.id,
    DBClusterParameterGroup: row.parameterGroup,
    DBSubnetGroup: row.subnetGroup,
    Status: row.status,
    EarliestRestorableTime: earliestRestorable(row, scope),
    LatestRestorableTime: latestRestorable(row, scope),
    Endpoint: row.endpoint,
    ReaderEndpoint: row.readerEndpoint,
    MultiAZ: new Set(members.map(({ zone }) => zone)).size > 1,
    Engine: row.engine,
    EngineVersion: row.engineVersion,
    EngineMode: 'provisioned',
    Port: row.port,
    MasterUsername: row.username,
    PreferredBackupWindow: row.backupWindow,
    PreferredMaintenanceWindow: row.maintenanceWindow,
    DBClusterMembers: members.map(({ id, isWriter, promotionTier }) => ({
      DBInstanceIdentifier: id,
      IsClusterWriter: isWriter,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: promotionTier ?? 1,
    })),
    VpcSecurityGroups: row.securityGroups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' })),
    StorageEncrypted: row.encrypted,
    ...(row.kmsKeyId !== undefined && { KmsKeyId: row.kmsKeyId }),
    ...(row.storageType !== undefined && { StorageType: row.storageType }),
    DbClusterResourceId: row.resourceId,
    DBClusterArn: row.arn,
    AssociatedRoles: [],
    IAMDatabaseAuthenticationEnabled: row.iamAuth,
    ClusterCreateTime: new Date(row.created),
    ...(row.logExports.length > 0 && { EnabledCloudwatchLogsExports: [...row.logExports] }),
    DeletionProtection: row.isProtected,
    ...(Object.keys(row.pending ?? {}).length > 0 && { PendingModifiedValues: pendingOfCluster(row) }),
    HttpEndpointEnabled: row.httpEndpoint,
    CopyTagsToSnapshot: row.copiesTags,
    CrossAccountClone: false,
    DomainMemberships: [],
    ReadReplicaIdentifiers: [],
    ...(row.scaling && { ServerlessV2ScalingConfiguration: { ...row.scaling } }),
    ...(row.masterSecretArn !== undefined && {
      MasterUserSecret: { SecretArn: row.masterSecretArn, SecretStatus: 'active' },
    }),
    NetworkType: 'IPV4',
    AutoMinorVersionUpgrade: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support',
    TagList: row.tags.map((tag) => ({ ...tag })),
  };
}
