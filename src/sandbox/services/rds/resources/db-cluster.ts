import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createDBCluster } from '../operations/create-db-cluster.ts';
import { deleteDBCluster } from '../operations/delete-db-cluster.ts';
import { modifyDBCluster } from '../operations/modify-db-cluster.ts';
import { restoreDBClusterFromSnapshot, restoreDBClusterToPointInTime } from '../operations/restore.ts';
import { addTagsToResource, removeTagsFromResource } from '../operations/tags.ts';
import { clusters } from '../state.ts';
import { finalSnapshotName } from './final-snapshot.ts';
import { booleanOf, numberOf, untilAvailable, untilGone } from './progress.ts';
import { goneKeys, tagsOf } from './tags.ts';

const scalingOf = ({ ServerlessV2ScalingConfiguration: scaling }: Properties) =>
  scaling && {
    MinCapacity: numberOf(scaling.MinCapacity),
    MaxCapacity: numberOf(scaling.MaxCapacity),
    SecondsUntilAutoPause: numberOf(scaling.SecondsUntilAutoPause),
  };

/** Properties that mean the same when a cluster is made and when it is changed. */
const shared = (properties: Properties) => ({
  EngineVersion: properties.EngineVersion,
  MasterUserPassword: properties.MasterUserPassword,
  VpcSecurityGroupIds: properties.VpcSecurityGroupIds,
  DBClusterParameterGroupName: properties.DBClusterParameterGroupName,
  Port: numberOf(properties.Port),
  BackupRetentionPeriod: numberOf(properties.BackupRetentionPeriod),
  PreferredBackupWindow: properties.PreferredBackupWindow,
  PreferredMaintenanceWindow: properties.PreferredMaintenanceWindow,
  DeletionProtection: booleanOf(properties.DeletionProtection),
  CopyTagsToSnapshot: booleanOf(properties.CopyTagsToSnapshot),
  EnableIAMDatabaseAuthentication: booleanOf(properties.EnableIAMDatabaseAuthentication),
  EnableHttpEndpoint: booleanOf(properties.EnableHttpEndpoint),
  StorageType: properties.StorageType,
  ServerlessV2ScalingConfiguration: scalingOf(properties),
});

export const dbCluster: ResourceProvider = {
  async create(properties, { call, generateName, tags }) {
    const input = {
      ...shared(properties),
      DBClusterIdentifier: properties.DBClusterIdentifier ?? generateName({ maxLength: 63, lowercase: true }),
      DBSubnetGroupName: properties.DBSubnetGroupName,
      EnableCloudwatchLogsExports: properties.EnableCloudwatchLogsExports,
      KmsKeyId: properties.KmsKeyId,
      Tags: tagsOf(properties, tags),
    };
    const { DBCluster } = await (properties.SnapshotIdentifier
      ? restoreDBClusterFromSnapshot(
          { ...input, SnapshotIdentifier: properties.SnapshotIdentifier, Engine: properties.Engine },
          call,
        )
      : properties.SourceDBClusterIdentifier
        ? restoreDBClusterToPointInTime(
            { ...input, SourceDBClusterIdentifier: properties.SourceDBClusterIdentifier },
            call,
          )
        : createDBCluster(
            {
              ...input,
              Engine: properties.Engine,
              EngineMode: properties.EngineMode,
              MasterUsername: properties.MasterUsername,
              ManageMasterUserPassword: booleanOf(properties.ManageMasterUserPassword),
              MasterUserSecretKmsKeyId: properties.MasterUserSecret?.KmsKeyId,
              DatabaseName: properties.DatabaseName,
              StorageEncrypted: booleanOf(properties.StorageEncrypted),
              AvailabilityZones: properties.AvailabilityZones,
              GlobalClusterIdentifier: properties.GlobalClusterIdentifier,
              ReplicationSourceIdentifier: properties.ReplicationSourceIdentifier,
            },
            call,
          ));
    return untilAvailable(DBCluster!.DBClusterIdentifier!, DBCluster!.Status);
  },

  update({ before, after, physicalId }, { call, tags }) {
    const row = clusters.in(call).get(physicalId)!;
    const wanted = tagsOf(after, tags);
    removeTagsFromResource({ ResourceName: row.arn, TagKeys: goneKeys(row.tags, wanted) }, call);
    addTagsToResource({ ResourceName: row.arn, Tags: wanted }, call);
    const changes = changed(shared(before), shared(after));
    const [old, current] = [before.EnableCloudwatchLogsExports ?? [], after.EnableCloudwatchLogsExports ?? []];
    if (JSON.stringify(old) !== JSON.stringify(current))
      Object.assign(changes, {
        CloudwatchLogsExportConfiguration: {
          EnableLogTypes: current.filter((type: string) => !old.includes(type)),
          DisableLogTypes: old.filter((type: string) => !current.includes(type)),
        },
      });
    if (Object.keys(changes).length === 0) return { status: 'done', physicalId };
    const { DBCluster } = modifyDBCluster(
      {
        DBClusterIdentifier: physicalId,
        ApplyImmediately: true,
        // CloudFormation allows what the template says.
        AllowMajorVersionUpgrade: true,
        ...changes,
      },
      call,
    );
    return untilAvailable(physicalId, DBCluster!.Status);
  },

  delete(_properties, physicalId, context) {
    const { call } = context;
    const row = clusters.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    if (row.status !== 'deleting') {
      const snapshot = finalSnapshotName(context);
      deleteDBCluster(
        {
          DBClusterIdentifier: physicalId,
          ...(snapshot === undefined ? { SkipFinalSnapshot: true } : { FinalDBSnapshotIdentifier: snapshot }),
        },
        call,
      );
    }
    return untilGone(physicalId, 'deleting');
  },

  check(step, physicalId, _properties, { call }) {
    const status = clusters.in(call).get(physicalId)?.status;
    return step === 'delete' ? untilGone(physicalId, status) : untilAvailable(physicalId, status);
  },

  read(physicalId, _properties, { call }) {
    const row = clusters.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      DBClusterArn: row.arn,
      DBClusterResourceId: row.resourceId,
      Endpoint: { Address: row.endpoint, Port: String(row.port) },
      ReadEndpoint: { Address: row.readerEndpoint },
      ...(row.masterSecretArn !== undefined && { MasterUserSecret: { SecretArn: row.masterSecretArn } }),
      DBClusterIdentifier: row.id,
      Engine: row.engine,
      EngineVersion: row.engineVersion,
      DatabaseName: row.databaseName,
      MasterUsername: row.username,
      Port: row.port,
      DBSubnetGroupName: row.subnetGroup,
      VpcSecurityGroupIds: [...row.securityGroups],
      DBClusterParameterGroupName: row.parameterGroup,
      StorageEncrypted: row.encrypted,
      BackupRetentionPeriod: row.backupDays,
      DeletionProtection: row.isProtected,
      CopyTagsToSnapshot: row.copiesTags,
      EnableCloudwatchLogsExports: [...row.logExports],
      EnableIAMDatabaseAuthentication: row.iamAuth,
      ...(row.scaling && { ServerlessV2ScalingConfiguration: { ...row.scaling } }),
      Tags: row.tags.map((tag) => ({ ...tag })),
    };
  },
};

/** What is not the same any more. */
export const changed = <T extends Record<string, unknown>>(before: T, after: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  ) as Partial<T>;
