import type { CreateDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { createNetworkInterfaceFor } from '../ec2/network-interfaces.ts';
import { keyOf, roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { checkBackupDays, checkDatabaseName, checkLogExports } from './cluster-input.ts';
import { masterSecret, requireUsername } from './credentials.ts';
import { type Engine, familyOf, requireEngine, resolveVersion } from './engines.ts';
import { requireClass } from './instance-classes.ts';
import { clusterOf, membersOf, requireParameterGroup, subnetGroupOf } from './lookups.ts';
import { arnOf, endpointOf, freshResourceId, requireIdentifier } from './naming.ts';
import { chosenSecurityGroups, chosenSubnetGroup } from './network.ts';
import { hasServer } from './real-server.ts';
import { clusterState, invalidCombination, invalidValue, missingParameter } from './refusals.ts';
import { type InstanceRow, instances, type SubnetGroupRow } from './state.ts';
import { mergeTags } from './tags.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const INSTANCES = 40;

export function requireRoomForInstance(id: string, call: Call): void {
  const table = instances.in(call);
  if (table.has(id)) throw new AwsFault('DBInstanceAlreadyExists', 'DB instance already exists');
  if (table.size >= INSTANCES)
    throw new AwsFault('InstanceQuotaExceeded', `Cannot create more than ${INSTANCES} DB instance(s)`);
}

/** The row of a new instance: a member of an Aurora cluster or a PostgreSQL database of its own. */
export function instanceFrom(input: CreateDBInstanceCommandInput, call: Call): InstanceRow {
  const id = requireIdentifier('DBInstanceIdentifier', input.DBInstanceIdentifier);
  const engine = requireEngine(input.Engine);
  requireRoomForInstance(id, call);
  return engine === 'aurora-postgresql' ? memberFrom(input, id, call) : standaloneFrom(input, id, call);
}

function memberFrom(input: CreateDBInstanceCommandInput, id: string, call: Call): InstanceRow {
  if (input.DBClusterIdentifier === undefined)
    throw invalidCombination('The aurora-postgresql engine requires a DBClusterIdentifier.');
  const cluster = clusterOf(call, input.DBClusterIdentifier);
  if (cluster.status === 'deleting') throw clusterState(`DBCluster ${cluster.id} is being deleted.`);
  for (const name of ['MasterUsername', 'MasterUserPassword', 'DBName', 'AllocatedStorage'] as const)
    if (input[name] !== undefined)
      throw invalidCombination(
        `The requested DB Instance will be a member of a DB Cluster. Set ${name} for the DB Cluster.`,
      );
  if (input.DeletionProtection)
    throw invalidCombination(
      'The requested DB Instance will be a member of a DB Cluster. Set deletion protection for the DB Cluster.',
    );
  const version = cluster.engineVersion;
  const instanceClass = requireClass(input.DBInstanceClass, 'aurora-postgresql', version);
  if (instanceClass === 'db.serverless' && !cluster.scaling)
    throw invalidCombination(
      'Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.',
    );
  const group = subnetGroupOf(call, cluster.subnetGroup);
  const members = membersOf(call, cluster.id);
  if (members.length >= 16) throw clusterState('A DB cluster can have at most 16 DB instances.');
  return {
    ...common(
      input,
      { id, engine: 'aurora-postgresql', version, instanceClass, group, groups: cluster.securityGroups },
      call,
    ),
    clusterId: cluster.id,
    isWriter: members.length === 0,
    promotionTier: input.PromotionTier ?? 1,
    username: cluster.username,
    ...(cluster.databaseName !== undefined && { databaseName: cluster.databaseName }),
    port: cluster.port,
    // One server stands behind a cluster: it is its own reader.
    ...(hasServer(call, cluster.resourceId) && { endpoint: cluster.endpoint }),
    zone: input.AvailabilityZone ?? group.subnets[members.length % group.subnets.length]!.zone,
    encrypted: cluster.encrypted,
    ...(cluster.kmsKeyId !== undefined && { kmsKeyId: cluster.kmsKeyId }),
    backupDays: cluster.backupDays,
    backupWindow: cluster.backupWindow,
    multiAz: false,
    storageGb: 1,
    storageType: 'aurora',
    copiesTags: cluster.copiesTags,
    logExports: [],
    isProtected: false,
  };
}

function standaloneFrom(input: CreateDBInstanceCommandInput, id: string, call: Call): InstanceRow {
  if (input.DBClusterIdentifier !== undefined)
    throw invalidCombination(
      "The engine name requested for your DB instance (postgres) doesn't match the engine name of your DB cluster (aurora-postgresql).",
    );
  const version = resolveVersion('postgres', input.EngineVersion);
  const instanceClass = requireClass(input.DBInstanceClass, 'postgres', version);
  const username = requireUsername(input.MasterUsername);
  checkDatabaseName(input.DBName);
  if (input.AllocatedStorage === undefined) throw missingParameter('AllocatedStorage');
  const group = chosenSubnetGroup(call, input.DBSubnetGroupName);
  const groups = chosenSecurityGroups(call, input.VpcSecurityGroupIds, group.vpcId);
  checkBackupDays(input.BackupRetentionPeriod, 0);
  checkLogExports(input.EnableCloudwatchLogsExports);
  const secret = masterSecret(input, { kind: 'db', username, arn: arnOf(call, 'db', id) }, call);
  return {
    ...common(input, { id, engine: 'postgres', version, instanceClass, group, groups }, call),
    ...checkedStorage(input),
    isWriter: true,
    username,
    ...(input.DBName !== undefined && { databaseName: input.DBName }),
    ...(secret !== undefined && { masterSecretArn: secret }),
    port: input.Port ?? 5432,
    zone: input.AvailabilityZone ?? group.subnets[0]!.zone,
    multiAz: input.MultiAZ ?? false,
    encrypted: input.StorageEncrypted ?? input.KmsKeyId !== undefined,
    ...(input.KmsKeyId !== undefined && { kmsKeyId: input.KmsKeyId }),
    backupDays: input.BackupRetentionPeriod ?? 1,
    backupWindow: input.PreferredBackupWindow ?? '06:36-07:06',
    copiesTags: input.CopyTagsToSnapshot ?? false,
    logExports: [...(input.EnableCloudwatchLogsExports ?? [])],
    isProtected: input.DeletionProtection ?? false,
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
export function checkedStorage(input: {
  AllocatedStorage?: number | undefined;
  StorageType?: string | undefined;
  Iops?: number | undefined;
  StorageThroughput?: number | undefined;
  MaxAllocatedStorage?: number | undefined;
}): Pick<InstanceRow, 'storageGb' | 'storageType' | 'iops' | 'throughput' | 'maxStorageGb'> {
  const { AllocatedStorage: size = 20, StorageType: type = 'gp2', MaxAllocatedStorage: max } = input;
  if (!['gp2', 'gp3', 'io1', 'io2', 'standard'].includes(type)) throw invalidValue(`Invalid storage type: ${type}`);
  const smallest = type.startsWith('io') ? 100 : type === 'standard' ? 5 : 20;
  if (size < smallest || size > 65_536)
    throw invalidCombination(`Invalid storage size for engine name postgres and storage type ${type}: ${size}`);
  if (max !== undefined && max < size * 1.1 && max !== size)
    throw invalidCombination('Max Allocated Storage must be at least 10% larger than the current storage size.');
  return {
    storageGb: size,
    storageType: type,
    ...(type === 'gp3' ? { iops: input.Iops ?? 3000, throughput: input.StorageThroughput ?? 125 } : {}),
    ...(type.startsWith('io') && { iops: input.Iops ?? 1000 }),
    ...(max !== undefined && { maxStorageGb: max }),
  };
}

interface Made {
  id: string;
  engine: Engine;
  version: string;
  instanceClass: string;
  group: SubnetGroupRow;
  groups: readonly string[];
}

function common(input: CreateDBInstanceCommandInput, made: Made, call: Call) {
  const { id, engine, version, instanceClass, group, groups } = made;
  const monitoringSeconds = input.MonitoringInterval ?? 0;
  checkMonitoring(monitoringSeconds, input.MonitoringRoleArn, call);
  return {
    id,
    arn: arnOf(call, 'db', id),
    resourceId: freshResourceId('db'),
    status: 'creating',
    engine,
    engineVersion: version,
    class: instanceClass,
    endpoint: endpointOf(call, id),
    subnetGroup: group.name,
    securityGroups: [...groups],
    parameterGroup: requireParameterGroup(call, 'instance', input.DBParameterGroupName, familyOf(engine, version)),
    maintenanceWindow: input.PreferredMaintenanceWindow ?? 'sun:04:10-sun:04:40',
    iamAuth: input.EnableIAMDatabaseAuthentication ?? false,
    isPublic: input.PubliclyAccessible ?? false,
    monitoringSeconds,
    ...(input.MonitoringRoleArn !== undefined && { monitoringRoleArn: input.MonitoringRoleArn }),
    performanceInsights: input.EnablePerformanceInsights ?? false,
    minorUpgrades: input.AutoMinorVersionUpgrade ?? true,
    certificate: input.CACertificateIdentifier ?? 'rds-ca-rsa2048-g1',
    created: call.world.clock.stamp(),
    tags: mergeTags([], input.Tags),
  };
}

/** Enhanced monitoring needs a role that RDS monitoring can take. */
export function checkMonitoring(seconds: number, roleArn: string | undefined, call: Call): void {
  if (![0, 1, 5, 10, 15, 30, 60].includes(seconds)) throw invalidValue(`Invalid monitoring interval: ${seconds}`);
  if (seconds === 0) return;
  if (roleArn === undefined)
    throw invalidCombination(
      'A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.',
    );
  const role = roles.in(call).get(keyOf(roleArn.split('/').at(-1)!));
  if (!role || !trusts(role.trust, { caller: { service: 'monitoring.rds.amazonaws.com' } }))
    throw invalidValue(
      `IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING`,
    );
}

/** Its address in the VPC: while it lives, its subnet and groups cannot be deleted. */
export function giveAddress(row: InstanceRow, call: Call): InstanceRow {
  const group = subnetGroupOf(call, row.subnetGroup);
  const { id } = group.subnets.find(({ zone }) => zone === row.zone) ?? group.subnets[0]!;
  const { NetworkInterfaceId } = createNetworkInterfaceFor(call, {
    subnetId: id,
    groupIds: row.securityGroups,
    description: 'RDSNetworkInterface',
    requesterId: 'amazon-rds',
    requesterManaged: true,
    publicAddress: row.isPublic,
  });
  return { ...row, networkInterface: NetworkInterfaceId };
}
