import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { ClusterRow, InstanceRow } from './state.ts';

/**
 * What waits for the maintenance window unless ApplyImmediately is said; everything else takes effect at once either way:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html#Overview.DBInstance.Modifying.Settings
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
 */
const OF_INSTANCES = {
  class: 'DBInstanceClass',
  storageGb: 'AllocatedStorage',
  storageType: 'StorageType',
  iops: 'Iops',
  throughput: 'StorageThroughput',
  multiAz: 'MultiAZ',
  engineVersion: 'EngineVersion',
  iamAuth: 'IAMDatabaseAuthenticationEnabled',
  certificate: 'CACertificateIdentifier',
  backupDays: 'BackupRetentionPeriod',
} as const;
const OF_CLUSTERS = { engineVersion: 'EngineVersion', iamAuth: 'IAMDatabaseAuthenticationEnabled' } as const;

/** Changes as far as they take effect now, and those that are pending from now on. */
export interface Divided<Row> {
  now: Partial<Row>;
  pending: Partial<Row>;
}

export function dividedOfInstance(before: InstanceRow, changes: Partial<InstanceRow>, immediately: boolean) {
  // From or to no backups at all is an outage; another number of days is none, and never waits.
  const isOutage = before.backupDays === 0 || changes.backupDays === 0;
  const waits = Object.keys(OF_INSTANCES).filter((key) => key !== 'backupDays' || isOutage);
  return divided(before, changes, { waits, immediately });
}

export const dividedOfCluster = (before: ClusterRow, changes: Partial<ClusterRow>, immediately: boolean) =>
  divided(before, changes, { waits: Object.keys(OF_CLUSTERS), immediately });

/** `ApplyImmediately` brings along what was pending before. */
function divided<Row extends { pending?: object }>(
  before: Row,
  changes: Partial<Row>,
  { waits, immediately }: { waits: readonly string[]; immediately: boolean },
): Divided<Row> {
  if (immediately) return { now: { ...before.pending, ...changes }, pending: {} };
  const entries = Object.entries(changes);
  // A parameter group of another family comes with the version that it belongs to.
  const later = 'engineVersion' in changes ? [...waits, 'parameterGroup'] : waits;
  const isChange = ([key, value]: [string, unknown]) => value !== before[key as keyof Row];
  return {
    now: Object.fromEntries(entries.filter(([key]) => !later.includes(key))) as Partial<Row>,
    pending: Object.fromEntries([
      ...Object.entries(before.pending ?? {}).filter(([key]) => !(key in changes)),
      ...entries.filter(([key]) => later.includes(key)).filter(isChange),
    ]) as Partial<Row>,
  };
}

export const pendingOfInstance = ({ pending = {} }: InstanceRow): NonNullable<DBInstance['PendingModifiedValues']> =>
  renamed(pending, OF_INSTANCES);

export const pendingOfCluster = ({ pending = {} }: ClusterRow): NonNullable<DBCluster['PendingModifiedValues']> =>
  renamed(pending, OF_CLUSTERS);

const renamed = (pending: object, names: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(pending).flatMap(([key, value]) => (names[key] === undefined ? [] : [[names[key], value]])),
  );
