import type { CreateDBClusterCommandInput } from '@aws-sdk/client-rds';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { masterSecret, requireUsername } from './credentials.ts';
import { familyOf, requireEngine, resolveVersion } from './engines.ts';
import { requireParameterGroup } from './lookups.ts';
import { arnOf, endpointOf, freshResourceId, requireIdentifier } from './naming.ts';
import { chosenSecurityGroups, chosenSubnetGroup } from './network.ts';
import { invalidCombination, invalidValue, notSimulated } from './refusals.ts';
import { checkedScaling } from './scaling-rules.ts';
import { type ClusterRow, clusters } from './state.ts';
import { mergeTags } from './tags.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html */
const CLUSTERS = 40;

export function requireRoomForCluster(id: string, call: Call): void {
  const table = clusters.in(call);
  if (table.has(id)) throw new AwsFault('DBClusterAlreadyExistsFault', 'DB Cluster already exists');
  if (table.size >= CLUSTERS)
    throw new AwsFault('DBClusterQuotaExceededFault', `Cannot create more than ${CLUSTERS} DB clusters`, {
      status: 403,
    });
}

/** The row of a new, empty cluster; refuses what RDS refuses. */
export function clusterFrom(input: CreateDBClusterCommandInput, call: Call): ClusterRow {
  const id = requireIdentifier('DBClusterIdentifier', input.DBClusterIdentifier);
  const engine = requireEngine(input.Engine);
  if (engine !== 'aurora-postgresql') throw notSimulated('Multi-AZ DB clusters of other engines than Aurora');
  if (input.EngineMode !== undefined && input.EngineMode !== 'provisioned')
    throw invalidCombination(`The engine mode ${input.EngineMode} you requested is currently unavailable.`);
  if (input.GlobalClusterIdentifier || input.ReplicationSourceIdentifier)
    throw notSimulated('global databases and replica clusters');
  const version = resolveVersion(engine, input.EngineVersion);
  requireRoomForCluster(id, call);
  const username = requireUsername(input.MasterUsername);
  const arn = arnOf(call, 'cluster', id);
  checkDatabaseName(input.DatabaseName);
  return {
    ...placedCluster(input, { id, arn, version }, call),
    username,
    engineVersion: version,
    ...(input.DatabaseName !== undefined && { databaseName: input.DatabaseName }),
    ...withSecret(masterSecret(input, { kind: 'cluster', username, arn }, call)),
    ...(input.ServerlessV2ScalingConfiguration && {
      scaling: checkedScaling(input.ServerlessV2ScalingConfiguration, version),
    }),
  };
}

const withSecret = (arn: string | undefined) => (arn === undefined ? {} : { masterSecretArn: arn });

export function checkDatabaseName(name: string | undefined): void {
  if (name !== undefined && !/^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/.test(name))
    throw invalidValue('DatabaseName must begin with a letter and contain only alphanumeric characters.');
}

export function checkBackupDays(days: number | undefined, smallest: number): void {
  if (days !== undefined && (days < smallest || days > 35))
    throw invalidValue(`Invalid backup retention period: ${days}. Must be between ${smallest} and 35.`);
}

type Placement = Partial<
  Pick<
    CreateDBClusterCommandInput,
    | 'DBSubnetGroupName'
    | 'VpcSecurityGroupIds'
    | 'DBClusterParameterGroupName'
    | 'Port'
    | 'StorageEncrypted'
    | 'KmsKeyId'
    | 'BackupRetentionPeriod'
    | 'PreferredBackupWindow'
    | 'PreferredMaintenanceWindow'
    | 'DeletionProtection'
    | 'CopyTagsToSnapshot'
    | 'EnableCloudwatchLogsExports'
    | 'EnableIAMDatabaseAuthentication'
    | 'EnableHttpEndpoint'
    | 'StorageType'
    | 'AvailabilityZones'
    | 'Tags'
  >
>;

/** Everything of a cluster but its data: where it stands, what protects it, how it is backed up. */
export function placedCluster(
  input: Placement,
  { id, arn, version }: { id: string; arn: string; version: string },
  call: Call,
): Omit<ClusterRow, 'username' | 'engineVersion'> {
  const group = chosenSubnetGroup(call, input.DBSubnetGroupName);
  checkBackupDays(input.BackupRetentionPeriod, 1);
  checkLogExports(input.EnableCloudwatchLogsExports);
  if (input.KmsKeyId !== undefined && input.StorageEncrypted === false)
    throw invalidCombination('KmsKeyId can be specified only when StorageEncrypted is true.');
  return {
    id,
    arn,
    resourceId: freshResourceId('cluster'),
    status: 'creating',
    engine: 'aurora-postgresql',
    port: input.Port ?? 5432,
    endpoint: endpointOf(call, id, 'cluster-'),
    readerEndpoint: endpointOf(call, id, 'cluster-ro-'),
    subnetGroup: group.name,
    securityGroups: chosenSecurityGroups(call, input.VpcSecurityGroupIds, group.vpcId),
    parameterGroup: requireParameterGroup(
      call,
      'cluster',
      input.DBClusterParameterGroupName,
      familyOf('aurora-postgresql', version),
    ),
    zones: input.AvailabilityZones?.length
      ? [...input.AvailabilityZones]
      : [...new Set(group.subnets.map(({ zone }) => zone))].slice(0, 3),
    encrypted: input.StorageEncrypted ?? input.KmsKeyId !== undefined,
    ...(input.KmsKeyId !== undefined && { kmsKeyId: input.KmsKeyId }),
    ...(input.StorageType !== undefined && { storageType: input.StorageType }),
    backupDays: input.BackupRetentionPeriod ?? 1,
    backupWindow: input.PreferredBackupWindow ?? '06:36-07:06',
    maintenanceWindow: input.PreferredMaintenanceWindow ?? 'sun:04:10-sun:04:40',
    isProtected: input.DeletionProtection ?? false,
    copiesTags: input.CopyTagsToSnapshot ?? false,
    logExports: [...(input.EnableCloudwatchLogsExports ?? [])],
    iamAuth: input.EnableIAMDatabaseAuthentication ?? false,
    httpEndpoint: input.EnableHttpEndpoint ?? false,
    created: call.world.clock.stamp(),
    tags: mergeTags([], input.Tags),
  };
}

const LOG_TYPES = ['postgresql', 'upgrade', 'instance', 'iam-db-auth-error'];

export function checkLogExports(types: readonly string[] | undefined): void {
  const unknown = types?.filter((type) => !LOG_TYPES.includes(type)) ?? [];
  if (unknown.length > 0)
    throw invalidCombination(
      `You cannot use the log types '${unknown.join(', ')}' with engine version aurora-postgresql. For supported log types, see the documentation.`,
    );
}
