import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createDBInstance } from '../operations/create-db-instance.ts';
import { deleteDBInstance } from '../operations/delete-db-instance.ts';
import { modifyDBInstance } from '../operations/modify-db-instance.ts';
import { createDBInstanceReadReplica, restoreDBInstanceFromDBSnapshot } from '../operations/restore.ts';
import { addTagsToResource, removeTagsFromResource } from '../operations/tags.ts';
import { instances } from '../state.ts';
import { changed } from './db-cluster.ts';
import { finalSnapshotName } from './final-snapshot.ts';
import { booleanOf, numberOf, untilAvailable, untilGone } from './progress.ts';
import { goneKeys, tagsOf } from './tags.ts';

/** Properties that mean the same when an instance is made and when it is changed. */
const shared = (properties: Properties) => ({
  DBInstanceClass: properties.DBInstanceClass,
  EngineVersion: properties.EngineVersion,
  MasterUserPassword: properties.MasterUserPassword,
  VpcSecurityGroupIds: properties.VPCSecurityGroups,
  DBParameterGroupName: properties.DBParameterGroupName,
  AllocatedStorage: numberOf(properties.AllocatedStorage),
  StorageType: properties.StorageType,
  Iops: numberOf(properties.Iops),
  StorageThroughput: numberOf(properties.StorageThroughput),
  MaxAllocatedStorage: numberOf(properties.MaxAllocatedStorage),
  MultiAZ: booleanOf(properties.MultiAZ),
  BackupRetentionPeriod: numberOf(properties.BackupRetentionPeriod),
  PreferredBackupWindow: properties.PreferredBackupWindow,
  PreferredMaintenanceWindow: properties.PreferredMaintenanceWindow,
  DeletionProtection: booleanOf(properties.DeletionProtection),
  CopyTagsToSnapshot: booleanOf(properties.CopyTagsToSnapshot),
  EnableIAMDatabaseAuthentication: booleanOf(properties.EnableIAMDatabaseAuthentication),
  PubliclyAccessible: booleanOf(properties.PubliclyAccessible),
  PromotionTier: numberOf(properties.PromotionTier),
  MonitoringInterval: numberOf(properties.MonitoringInterval),
  MonitoringRoleArn: properties.MonitoringRoleArn,
  EnablePerformanceInsights: booleanOf(properties.EnablePerformanceInsights),
  AutoMinorVersionUpgrade: booleanOf(properties.AutoMinorVersionUpgrade),
  CACertificateIdentifier: properties.CACertificateIdentifier,
});

export const dbInstance: ResourceProvider = {
  async create(properties, { call, generateName, tags }) {
    const input = {
      ...shared(properties),
      DBInstanceIdentifier: properties.DBInstanceIdentifier ?? generateName({ maxLength: 63, lowercase: true }),
      DBSubnetGroupName: properties.DBSubnetGroupName,
      AvailabilityZone: properties.AvailabilityZone,
      Port: numberOf(properties.Port),
      EnableCloudwatchLogsExports: properties.EnableCloudwatchLogsExports,
      KmsKeyId: properties.KmsKeyId,
      Tags: tagsOf(properties, tags),
    };
    const { DBInstance } = await (properties.SourceDBInstanceIdentifier
      ? createDBInstanceReadReplica(
          { ...input, SourceDBInstanceIdentifier: properties.SourceDBInstanceIdentifier },
          call,
        )
      : properties.DBSnapshotIdentifier
        ? restoreDBInstanceFromDBSnapshot({ ...input, DBSnapshotIdentifier: properties.DBSnapshotIdentifier }, call)
        : createDBInstance(
            {
              ...input,
              Engine: properties.Engine,
              DBClusterIdentifier: properties.DBClusterIdentifier,
              MasterUsername: properties.MasterUsername,
              ManageMasterUserPassword: booleanOf(properties.ManageMasterUserPassword),
              MasterUserSecretKmsKeyId: properties.MasterUserSecret?.KmsKeyId,
              DBName: properties.DBName,
              StorageEncrypted: booleanOf(properties.StorageEncrypted),
            },
            call,
          ));
    return untilAvailable(DBInstance!.DBInstanceIdentifier!, DBInstance!.DBInstanceStatus);
  },

  update({ before, after, physicalId }, { call, tags }) {
    const row = instances.in(call).get(physicalId)!;
    const wanted = tagsOf(after, tags);
    removeTagsFromResource({ ResourceName: row.arn, TagKeys: goneKeys(row.tags, wanted) }, call);
    addTagsToResource({ ResourceName: row.arn, Tags: wanted }, call);
    const changes = changed(shared(before), shared(after));
    if (Object.keys(changes).length === 0) return { status: 'done', physicalId };
    const { DBInstance } = modifyDBInstance(
      {
        DBInstanceIdentifier: physicalId,
        ApplyImmediately: true,
        AllowMajorVersionUpgrade: String(after.AllowMajorVersionUpgrade) === 'true',
        ...changes,
      },
      call,
    );
    return untilAvailable(physicalId, DBInstance!.DBInstanceStatus);
  },

  delete(_properties, physicalId, context) {
    const { call } = context;
    const row = instances.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    if (row.status !== 'deleting') {
      const isAlone = row.clusterId === undefined && row.sourceId === undefined;
      const snapshot = isAlone ? finalSnapshotName(context) : undefined;
      deleteDBInstance(
        {
          DBInstanceIdentifier: physicalId,
          ...(snapshot === undefined ? { SkipFinalSnapshot: true } : { FinalDBSnapshotIdentifier: snapshot }),
        },
        call,
      );
    }
    return untilGone(physicalId, 'deleting');
  },

  check(step, physicalId, _properties, { call }) {
    const status = instances.in(call).get(physicalId)?.status;
    return step === 'delete' ? untilGone(physicalId, status) : untilAvailable(physicalId, status);
  },

  read(physicalId, _properties, { call }) {
    const row = instances.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      DBInstanceArn: row.arn,
      DbiResourceId: row.resourceId,
      Endpoint: { Address: row.endpoint, Port: String(row.port), HostedZoneId: 'Z2R2ITUGPM61AM' },
      ...(row.masterSecretArn !== undefined && { MasterUserSecret: { SecretArn: row.masterSecretArn } }),
      DBInstanceIdentifier: row.id,
      DBInstanceClass: row.class,
      Engine: row.engine,
      EngineVersion: row.engineVersion,
      ...(row.clusterId !== undefined && { DBClusterIdentifier: row.clusterId }),
      DBSubnetGroupName: row.subnetGroup,
      VPCSecurityGroups: [...row.securityGroups],
      DBParameterGroupName: row.parameterGroup,
      AllocatedStorage: String(row.storageGb),
      StorageType: row.storageType,
      MultiAZ: row.multiAz,
      StorageEncrypted: row.encrypted,
      BackupRetentionPeriod: row.backupDays,
      DeletionProtection: row.isProtected,
      PubliclyAccessible: row.isPublic,
      MonitoringInterval: row.monitoringSeconds,
      Tags: row.tags.map((tag) => ({ ...tag })),
    };
  },
};
