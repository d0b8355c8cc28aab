import type { DBCluster, DBInstance, DBProxyTarget } from '@aws-sdk/client-rds';
import type { DatabaseSnapshot } from '../../aws/rds.ts';
import type { Session } from '../../context.ts';
import { isOf, type Lease, readLeases } from '../../release/leases.ts';
import { type FoundDatabase, findDatabase, findDatabases } from './find-databases.ts';
import { leasePlace } from './lease-place.ts';
import { measuredCapacity } from './measured-capacity.ts';

/** The contract of `db status --json`. Times are ISO 8601. */
export interface DatabaseStatusOutcome {
  environment: string;
  databases: DatabaseStanding[];
}

export interface DatabaseStanding {
  name: string;
  /** No block of the configuration names it any more. */
  configured: boolean;
  engine: string;
  /** In RDS. */
  identifier: string;
  status: string;
  /** What is, what the deployed template says, and the newest of this major version that RDS offers. */
  version: { live: string; template: string | null; newest: string | null };
  /** Aurora Serverless v2. */
  capacity: {
    min: number;
    max: number;
    /** ACU, as CloudWatch measured last; null where it measured nothing. */
    current: number | null;
    pausesAfterSeconds: number | null;
    paused: boolean;
    /** What keeps a database awake that may pause. */
    awake: string | null;
  } | null;
  /** One RDS instance. */
  machine: { class: string; storageGb: number; multiAz: boolean } | null;
  protection: { live: boolean; template: boolean; explanation: string | null; lease: LeaseStanding | null };
  backups: { days: number; window: string | null; earliest: string | null; latest: string | null };
  snapshots: { count: number; newest: string | null };
  proxy: { name: string; status: string; targets: ProxyTargetStanding[] } | null;
  instances: { id: string; role: 'writer' | 'reader' | 'replica' | 'instance'; status: string; zone: string | null }[];
  /** What RDS has accepted and not carried out yet. */
  pending: { identifier: string; change: string; to: string }[];
}

interface LeaseStanding {
  principal: string;
  host: string;
  reason: string;
  until: string;
  command: string | null;
}

interface ProxyTargetStanding {
  id: string;
  role: string | null;
  state: string | null;
  reason: string | null;
  description: string | null;
}

/** How the databases of an environment stand. Only reads. */
export async function databaseStatus(session: Session, name: string | undefined): Promise<DatabaseStatusOutcome> {
  const { environment } = session;
  const { objects } = leasePlace(session);
  const [found, leases] = await Promise.all([
    name === undefined ? findDatabases(session) : findDatabase(session, name).then((one) => [one]),
    readLeases(objects, environment.name),
  ]);
  const databases = await Promise.all(found.map((one) => standingOf(session, one, leases.find(isOf(one)))));
  return { environment: environment.name, databases };
}

async function standingOf(
  session: Session,
  database: FoundDatabase,
  lease: Lease | undefined,
): Promise<DatabaseStanding> {
  const { live, properties, proxy: proxyName, region } = database;
  const { rds } = session.aws.in(region);
  const main = live.cluster ?? live.instance;
  const version = main.EngineVersion ?? '';
  const engine = live.cluster ? 'aurora-postgresql' : 'postgres';
  const memberIds = live.cluster
    ? (live.cluster.DBClusterMembers ?? []).map((one) => one.DBInstanceIdentifier!)
    : (live.instance.ReadReplicaDBInstanceIdentifiers ?? []);
  const [offered, snapshots, members, proxy, targets, capacity] = await Promise.all([
    rds.engineVersions(engine, version.split('.')[0]!),
    rds.snapshots(live.cluster ? { cluster: database.id } : { instance: database.id }),
    Promise.all(memberIds.map((id) => rds.instance(id))),
    proxyName === undefined ? undefined : rds.proxy(proxyName),
    proxyName === undefined ? [] : rds.proxyTargets(proxyName),
    measuredCapacity(session, database),
  ]);
  const present = members.filter((one) => one !== undefined);
  return {
    name: database.name,
    configured: database.name in session.environment.blocks.databases,
    engine,
    identifier: database.id,
    status: live.cluster?.Status ?? live.instance?.DBInstanceStatus ?? '',
    version: { live: version, template: text(properties.EngineVersion), newest: offered.at(-1) ?? null },
    capacity,
    machine: live.instance
      ? {
          class: live.instance.DBInstanceClass ?? '',
          storageGb: live.instance.AllocatedStorage ?? 0,
          multiAz: live.instance.MultiAZ ?? false,
        }
      : null,
    protection: protectionStanding(database, lease),
    backups: backupsOf(live, snapshots),
    snapshots: {
      count: snapshots.filter(({ type }) => type === 'manual').length,
      newest: snapshots.findLast(({ type }) => type === 'manual')?.id ?? null,
    },
    proxy: proxy
      ? {
          name: proxyName!,
          status: proxy.Status ?? '',
          targets: targets.filter(({ Type }) => Type !== 'TRACKED_CLUSTER').map(targetStanding),
        }
      : null,
    instances: instancesOf(live, present),
    pending: [main, ...present].flatMap(pendingOf),
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function protectionStanding({ name, live, properties }: FoundDatabase, lease: Lease | undefined) {
  const actual = (live.cluster ?? live.instance).DeletionProtection ?? false;
  const template = String(properties.DeletionProtection ?? false) === 'true';
  return {
    live: actual,
    template,
    explanation: explanationOf({ actual, template, lease, name }),
    lease: lease
      ? {
          principal: lease.principal,
          host: lease.host,
          reason: lease.reason,
          until: new Date(lease.until).toISOString(),
          command: lease.holder.kind === 'process' ? lease.holder.command : null,
        }
      : null,
  };
}

/** CloudFormation calls it drift, and does not put it back by itself: it sends only what a template changes. */
function explanationOf(found: { actual: boolean; template: boolean; lease: Lease | undefined; name: string }) {
  const { actual, template, lease, name } = found;
  if (!actual && lease)
    return `unprotected for a time by ${lease.principal}; the template's drift ends with the lease at ${new Date(lease.until).toISOString()}`;
  if (!actual && template)
    return `the template protects it, somebody has lifted that, and no deployment puts it back: platform db protect ${name}`;
  if (actual && !template) return 'protected past the template, which does not ask for it';
  return null;
}

function backupsOf({ cluster, instance }: FoundDatabase['live'], snapshots: readonly DatabaseSnapshot[]) {
  const { BackupRetentionPeriod = 0, PreferredBackupWindow, LatestRestorableTime } = (cluster ?? instance)!;
  // Of instances RDS does not tell it: the oldest automated snapshot is where the log begins.
  const oldest = snapshots.find(({ type, createdAt }) => type === 'automated' && createdAt);
  const earliest = cluster ? cluster.EarliestRestorableTime : oldest?.createdAt;
  return {
    days: BackupRetentionPeriod,
    window: PreferredBackupWindow ?? null,
    earliest: earliest?.toISOString() ?? null,
    latest: LatestRestorableTime?.toISOString() ?? null,
  };
}

function instancesOf({ cluster, instance }: FoundDatabase['live'], present: readonly DBInstance[]) {
  const isWriter = (id: string) =>
    cluster?.DBClusterMembers?.find((one) => one.DBInstanceIdentifier === id)?.IsClusterWriter ?? false;
  const row = (one: DBInstance, role: DatabaseStanding['instances'][number]['role']) => ({
    id: one.DBInstanceIdentifier!,
    role,
    status: one.DBInstanceStatus ?? '',
    zone: one.AvailabilityZone ?? null,
  });
  if (instance) return [row(instance, 'instance'), ...present.map((one) => row(one, 'replica'))];
  return present.map((one) => row(one, isWriter(one.DBInstanceIdentifier!) ? 'writer' : 'reader'));
}

function pendingOf(one: DBCluster | DBInstance) {
  const identifier =
    ('DBInstanceIdentifier' in one ? one.DBInstanceIdentifier : undefined) ?? (one as DBCluster).DBClusterIdentifier!;
  return Object.entries(one.PendingModifiedValues ?? {}).flatMap(([change, to]) =>
    to === undefined || to === null || (Array.isArray(to) && to.length === 0)
      ? []
      : [
          {
            identifier,
            change,
            to:
              change === 'MasterUserPassword' ? 'a new one' : typeof to === 'object' ? JSON.stringify(to) : String(to),
          },
        ],
  );
}

const targetStanding = ({ RdsResourceId, Role, TargetHealth }: DBProxyTarget): ProxyTargetStanding => ({
  id: RdsResourceId ?? '',
  role: Role ?? null,
  state: TargetHealth?.State ?? null,
  reason: TargetHealth?.Reason ?? null,
  description: TargetHealth?.Description ?? null,
});
