import type { ModifyDBClusterCommandInput, ModifyDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { checkBackupDays, checkLogExports } from '../cluster-input.ts';
import { requirePassword } from '../credentials.ts';
import { dividedOfCluster } from '../deferred-changes.ts';
import { DURATION } from '../durations.ts';
import { familyOf } from '../engines.ts';
import { change } from '../lifecycle.ts';
import { clusterOf, membersOf, requireParameterGroup, subnetGroupOf } from '../lookups.ts';
import { chosenSecurityGroups } from '../network.ts';
import { changePassword, hasServer } from '../real-server.ts';
import { clusterState, notSimulated } from '../refusals.ts';
import { checkedScaling } from '../scaling-rules.ts';
import { clusters, instances } from '../state.ts';
import { upgradedVersion } from '../upgrade-rules.ts';

/** Another version and IAM logins wait for the maintenance window, which never comes, unless told not to. */
export function modifyDBCluster(input: ModifyDBClusterCommandInput, call: Call): Answer<ModifyDBClusterCommandOutput> {
  const before = clusterOf(call, input.DBClusterIdentifier);
  if (input.NewDBClusterIdentifier !== undefined) throw notSimulated('renaming a cluster');
  if ((input.Port ?? before.port) !== before.port && hasServer(call, before.resourceId))
    throw notSimulated('another port of a cluster with a real server');
  // Protection can be taken away in other states too: a cluster that is being made or that failed must be deletable.
  if (before.status !== 'available' && !isOnlyProtection(input))
    throw clusterState(`DB cluster is not available for modification with status ${before.status}`);

  const wanted = upgradedVersion('aurora-postgresql', before.engineVersion, input);
  if (input.MasterUserPassword !== undefined) requirePassword(input.MasterUserPassword);
  checkBackupDays(input.BackupRetentionPeriod, 1);
  checkLogExports(input.CloudwatchLogsExportConfiguration?.EnableLogTypes);
  const scaling =
    input.ServerlessV2ScalingConfiguration &&
    checkedScaling(input.ServerlessV2ScalingConfiguration, wanted, before.scaling);
  const groups =
    input.VpcSecurityGroupIds &&
    chosenSecurityGroups(call, input.VpcSecurityGroupIds, subnetGroupOf(call, before.subnetGroup).vpcId);
  const parameterGroup =
    input.DBClusterParameterGroupName !== undefined || wanted !== before.engineVersion
      ? requireParameterGroup(
          call,
          'cluster',
          input.DBClusterParameterGroupName ?? sameUnlessDefault(before.parameterGroup),
          familyOf('aurora-postgresql', wanted),
        )
      : before.parameterGroup;
  const deferrable = {
    parameterGroup,
    ...(wanted === before.engineVersion ? {} : { engineVersion: wanted }),
    ...(input.EnableIAMDatabaseAuthentication === undefined ? {} : { iamAuth: input.EnableIAMDatabaseAuthentication }),
  };
  const { now, pending } = dividedOfCluster(before, deferrable, input.ApplyImmediately ?? false);
  const version = now.engineVersion ?? before.engineVersion;

  const row = clusters.in(call).update(before.id, (draft) => {
    Object.assign(draft, now, { pending });
    if (scaling) draft.scaling = scaling;
    if (groups) draft.securityGroups = groups;
    draft.backupDays = input.BackupRetentionPeriod ?? draft.backupDays;
    draft.backupWindow = input.PreferredBackupWindow ?? draft.backupWindow;
    draft.maintenanceWindow = input.PreferredMaintenanceWindow ?? draft.maintenanceWindow;
    draft.isProtected = input.DeletionProtection ?? draft.isProtected;
    draft.copiesTags = input.CopyTagsToSnapshot ?? draft.copiesTags;
    draft.httpEndpoint = input.EnableHttpEndpoint ?? draft.httpEndpoint;
    draft.port = input.Port ?? draft.port;
    const { EnableLogTypes = [], DisableLogTypes = [] } = input.CloudwatchLogsExportConfiguration ?? {};
    draft.logExports = [...new Set([...draft.logExports, ...EnableLogTypes])].filter(
      (type) => !DisableLogTypes.includes(type),
    );
  });
  changePassword(call, row.resourceId, input.MasterUserPassword);
  if (version !== before.engineVersion)
    for (const { id } of membersOf(call, before.id))
      instances.in(call).update(id, (draft) => {
        draft.engineVersion = version;
      });
  if (!isOnlyProtection(input))
    change(call, 'cluster', before.id, {
      from: version === before.engineVersion ? 'modifying' : 'upgrading',
      to: 'available',
      afterMs: version === before.engineVersion ? DURATION.modify : DURATION.upgrade,
    });
  return { DBCluster: clusterAnswer(clusters.in(call).get(row.id)!, call) };
}

const sameUnlessDefault = (name: string): string | undefined => (name.startsWith('default.') ? undefined : name);

const isOnlyProtection = ({ DBClusterIdentifier: _, ApplyImmediately: __, ...rest }: ModifyDBClusterCommandInput) =>
  Object.entries(rest).every(([key, value]) => value === undefined || key === 'DeletionProtection');
