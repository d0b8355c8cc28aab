import type { ModifyDBInstanceCommandInput, ModifyDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { setNetworkInterfaceGroups } from '../../ec2/network-interfaces.ts';
import { checkBackupDays, checkLogExports } from '../cluster-input.ts';
import { requirePassword } from '../credentials.ts';
import { dividedOfInstance } from '../deferred-changes.ts';
import { DURATION } from '../durations.ts';
import { type Engine, familyOf } from '../engines.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { requireClass } from '../instance-classes.ts';
import { checkedStorage, checkMonitoring } from '../instance-input.ts';
import { change } from '../lifecycle.ts';
import { instanceOf, requireParameterGroup, subnetGroupOf } from '../lookups.ts';
import { chosenSecurityGroups } from '../network.ts';
import { changePassword } from '../real-server.ts';
import { instanceState, invalidCombination, notSimulated } from '../refusals.ts';
import { type InstanceRow, instances } from '../state.ts';
import { upgradedVersion } from '../upgrade-rules.ts';

/** What waits for the maintenance window is pending from now on; the window never comes. */
export function modifyDBInstance(
  input: ModifyDBInstanceCommandInput,
  call: Call,
): Answer<ModifyDBInstanceCommandOutput> {
  const before = instanceOf(call, input.DBInstanceIdentifier);
  if (input.NewDBInstanceIdentifier !== undefined) throw notSimulated('renaming an instance');
  if (before.status !== 'available' && !isOnlyProtection(input))
    throw instanceState(`Instance ${before.id} is not in available state.`);
  const { now: changes, pending } = dividedOfInstance(
    before,
    checkedChanges(before, input, call),
    input.ApplyImmediately ?? false,
  );
  const row = instances.in(call).update(before.id, (draft) => void Object.assign(draft, changes, { pending }));
  changePassword(call, row.resourceId, input.MasterUserPassword);
  if (changes.securityGroups && row.networkInterface)
    setNetworkInterfaceGroups(call, row.networkInterface, changes.securityGroups);
  const isNoticed = Object.keys(changes).some((key) => key !== 'isProtected') || input.MasterUserPassword !== undefined;
  if (isNoticed)
    change(call, 'instance', row.id, {
      from: changes.engineVersion === undefined ? 'modifying' : 'upgrading',
      to: 'available',
      afterMs: changes.engineVersion === undefined ? DURATION.modify : DURATION.upgrade,
      message: 'Finished updating DB instance',
      categories: ['configuration change'],
    });
  return { DBInstance: instanceAnswer(instances.in(call).get(row.id)!, call) };
}

function checkedChanges(before: InstanceRow, input: ModifyDBInstanceCommandInput, call: Call): Partial<InstanceRow> {
  const engine = before.engine as Engine;
  if (before.clusterId !== undefined && (input.DeletionProtection || input.MasterUserPassword !== undefined))
    throw invalidCombination('The DB instance is a member of a DB cluster. Change this property for the DB cluster.');
  const version = upgradedVersion(engine, before.engineVersion, input);
  if (input.MasterUserPassword !== undefined) requirePassword(input.MasterUserPassword);
  if (before.clusterId === undefined) checkBackupDays(input.BackupRetentionPeriod, 0);
  checkLogExports(input.CloudwatchLogsExportConfiguration?.EnableLogTypes);
  if (input.MonitoringInterval !== undefined)
    checkMonitoring(input.MonitoringInterval, input.MonitoringRoleArn ?? before.monitoringRoleArn, call);
  if (input.AllocatedStorage !== undefined && input.AllocatedStorage < before.storageGb)
    throw invalidCombination(
      `Invalid storage size for engine name ${engine} and storage type ${before.storageType}: ${input.AllocatedStorage}`,
    );

  const { EnableLogTypes = [], DisableLogTypes = [] } = input.CloudwatchLogsExportConfiguration ?? {};
  const isStorage = input.AllocatedStorage ?? input.StorageType ?? input.Iops ?? input.MaxAllocatedStorage;
  return defined({
    engineVersion: version === before.engineVersion ? undefined : version,
    class: input.DBInstanceClass && requireClass(input.DBInstanceClass, engine, version),
    ...(isStorage !== undefined &&
      before.clusterId === undefined &&
      checkedStorage({
        AllocatedStorage: input.AllocatedStorage ?? before.storageGb,
        StorageType: input.StorageType ?? before.storageType,
        Iops: input.Iops ?? before.iops,
        StorageThroughput: input.StorageThroughput ?? before.throughput,
        MaxAllocatedStorage: input.MaxAllocatedStorage ?? before.maxStorageGb,
      })),
    securityGroups:
      input.VpcSecurityGroupIds &&
      chosenSecurityGroups(call, input.VpcSecurityGroupIds, subnetGroupOf(call, before.subnetGroup).vpcId),
    parameterGroup:
      input.DBParameterGroupName !== undefined || version !== before.engineVersion
        ? requireParameterGroup(call, 'instance', input.DBParameterGroupName, familyOf(engine, version))
        : undefined,
    multiAz: input.MultiAZ,
    backupDays: input.BackupRetentionPeriod,
    backupWindow: input.PreferredBackupWindow,
    maintenanceWindow: input.PreferredMaintenanceWindow,
    isProtected: input.DeletionProtection,
    copiesTags: input.CopyTagsToSnapshot,
    iamAuth: input.EnableIAMDatabaseAuthentication,
    isPublic: input.PubliclyAccessible,
    promotionTier: input.PromotionTier,
    monitoringSeconds: input.MonitoringInterval,
    monitoringRoleArn: input.MonitoringRoleArn,
    performanceInsights: input.EnablePerformanceInsights,
    minorUpgrades: input.AutoMinorVersionUpgrade,
    certificate: input.CACertificateIdentifier,
    logExports: input.CloudwatchLogsExportConfiguration
      ? [...new Set([...before.logExports, ...EnableLogTypes])].filter((type) => !DisableLogTypes.includes(type))
      : undefined,
  });
}

const defined = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const isOnlyProtection = ({ DBInstanceIdentifier: _, ApplyImmediately: __, ...rest }: ModifyDBInstanceCommandInput) =>
  Object.entries(rest).every(([key, value]) => value === undefined || key === 'DeletionProtection');
