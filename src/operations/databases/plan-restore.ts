import type { DatabaseSnapshot } from '../../aws/rds.ts';
import type { Session } from '../../context.ts';
import type { RestoreTarget } from '../../domain/restore-moment.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import {
  beside,
  OLD,
  RESTORED,
  type RestoreFrom,
  type RestoreSource,
  type RestoreStep,
  restoreSteps,
  wayBack,
} from '../../release/restore-steps.ts';
import { type FoundDatabase, findDatabase } from './find-databases.ts';
import { snapshotsOf } from './snapshot-database.ts';

/** The contract of `db restore --json`: a plan, nothing of which was done. Times are ISO 8601. */
export interface RestorePlanOutcome {
  environment: string;
  database: string;
  identifier: string;
  from: { kind: 'time' | 'latest' | 'snapshot'; at: string | null; snapshot: string | null };
  /** What RDS can go back to without a snapshot. */
  window: { earliest: string | null; latest: string | null };
  /** What would be made. */
  creates: { type: string; id: string }[];
  steps: RestoreStep[];
  goBack: string[];
  /** What platform.yaml has to say afterwards. */
  configuration: string;
  cost: string;
  notes: string[];
}

/**
 * What a restoration would take, with the commands for it: a restoration replaces what runs, so its steps are a
 * person's. Only reads; throws when what is asked for cannot be restored.
 */
export async function planRestore(
  session: Session,
  { name, target }: { name: string; target: RestoreTarget },
): Promise<RestorePlanOutcome> {
  const { environment } = session;
  const database = await findDatabase(session, name);
  const snapshots = await snapshotsOf(session, database);
  const window = windowOf(database, snapshots);
  const { from, moment } = chosenMoment(database, target, { window, snapshots });
  const source = await sourceOf(session, database);
  const { id, kind, instances, scaling } = source;
  return {
    environment: environment.name,
    database: name,
    identifier: id,
    from: {
      kind: target.kind,
      at: moment?.toISOString() ?? null,
      snapshot: target.kind === 'snapshot' ? target.id : null,
    },
    window: { earliest: window.earliest?.toISOString() ?? null, latest: window.latest?.toISOString() ?? null },
    creates: [
      { type: kind === 'cluster' ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance', id: beside(id, RESTORED) },
      ...(kind === 'cluster'
        ? instances.map((one) => ({ type: 'AWS::RDS::DBInstance', id: beside(one.id, RESTORED) }))
        : []),
    ],
    steps: restoreSteps(source, from, name, environment.name),
    goBack: wayBack(source),
    configuration:
      'nothing: the restored database takes over the identifiers, and endpoints and the stack follow those',
    cost: costOf(kind, instances.length, scaling?.min),
    notes: notesOf(source, from),
  };
}

interface Window {
  earliest?: Date;
  latest?: Date;
}

function windowOf({ live }: FoundDatabase, snapshots: readonly DatabaseSnapshot[]): Window {
  const { cluster, instance } = live;
  const oldest = snapshots.find(({ type, createdAt }) => type === 'automated' && createdAt)?.createdAt;
  const earliest = cluster?.EarliestRestorableTime ?? oldest ?? instance?.InstanceCreateTime;
  const latest = (cluster ?? instance)!.LatestRestorableTime;
  return { ...(earliest ? { earliest } : {}), ...(latest ? { latest } : {}) };
}

function chosenMoment(
  { thing }: FoundDatabase,
  target: RestoreTarget,
  { window, snapshots }: { window: Window; snapshots: readonly DatabaseSnapshot[] },
): { from: RestoreFrom; moment: Date | undefined } {
  if (target.kind === 'snapshot') {
    const snapshot = snapshots.find(({ id }) => id === target.id);
    if (!snapshot) throw noSuchSnapshot(thing, target.id, snapshots);
    if (snapshot.status !== 'available') throw snapshotBusy(target.id, snapshot.status);
    return { from: { snapshot: target.id }, moment: snapshot.createdAt };
  }
  const { earliest, latest } = window;
  if (!latest || !earliest) throw noWindow(thing);
  if (target.kind === 'latest') return { from: { latest: true }, moment: latest };
  if (target.at < earliest || target.at > latest) throw outside(thing, target.at, { earliest, latest });
  return { from: { at: target.at }, moment: target.at };
}

async function sourceOf({ aws }: Session, database: FoundDatabase): Promise<RestoreSource> {
  const { live, id, region, proxy } = database;
  const { cluster, instance } = live;
  const members = (cluster?.DBClusterMembers ?? []).toSorted(
    (a, b) => Number(b.IsClusterWriter) - Number(a.IsClusterWriter),
  );
  const classes = await Promise.all(members.map((one) => aws.in(region).rds.instance(one.DBInstanceIdentifier!)));
  const { MinCapacity, MaxCapacity } = cluster?.ServerlessV2ScalingConfiguration ?? {};
  const main = (cluster ?? instance)!;
  return {
    kind: cluster ? 'cluster' : 'instance',
    id,
    region,
    engine: main.Engine ?? '',
    engineVersion: main.EngineVersion ?? '',
    instances: cluster
      ? members.map((one, index) => ({
          id: one.DBInstanceIdentifier!,
          class: classes[index]?.DBInstanceClass ?? 'db.serverless',
        }))
      : [{ id, class: instance!.DBInstanceClass ?? '' }],
    subnetGroup: cluster ? (cluster.DBSubnetGroup ?? '') : (instance!.DBSubnetGroup?.DBSubnetGroupName ?? ''),
    securityGroups: (main.VpcSecurityGroups ?? []).map((one) => one.VpcSecurityGroupId!),
    parameterGroup: cluster
      ? (cluster.DBClusterParameterGroup ?? '')
      : (instance!.DBParameterGroups?.[0]?.DBParameterGroupName ?? ''),
    ...(MinCapacity !== undefined && MaxCapacity !== undefined
      ? { scaling: { min: MinCapacity, max: MaxCapacity } }
      : {}),
    ...(proxy ? { proxy } : {}),
    logExports: main.EnabledCloudwatchLogsExports ?? [],
  };
}

/** Of one ACU for an hour in us-east-1, Aurora Standard: https://aws.amazon.com/rds/aurora/pricing/ */
const ACU_HOUR_USD = 0.12;

function costOf(kind: RestoreSource['kind'], instances: number, min: number | undefined): string {
  if (kind === 'instance') return 'a second instance of the same class and storage for as long as both are there';
  const perDay = (min ?? 0) * instances * ACU_HOUR_USD * 24;
  return `at least ${perDay.toFixed(2)} USD a day (${instances} × ${min ?? 0} ACU at ${ACU_HOUR_USD} USD an hour, us-east-1) and its storage, for as long as both are there`;
}

function notesOf({ id, proxy }: RestoreSource, from: RestoreFrom): string[] {
  return [
    `${beside(id, OLD)} keeps everything written since that moment: copy what is missing before it is deleted, and keep it some days`,
    'a password rotated since that moment is not the restored one: aws rds modify-db-cluster --master-user-password sets it to what the secret holds',
    'migrations run since that moment are not in it: platform migrate brings it up to the release, or go back to the release of that time first',
    ...('snapshot' in from ? ['a snapshot restores its own moment, nothing after it'] : []),
    ...(proxy ? [`${proxy} has targets by identifier: without its step it goes on with the old database`] : []),
    `platform deploy while ${id} does not exist would see it gone: hold deployments until the exchange is done`,
  ];
}

const outside = (thing: string, at: Date, { earliest, latest }: Required<Window>) =>
  new PlatformError({
    id: 'restore-time-outside',
    kind: 'failed',
    message: `${thing} cannot be restored to ${at.toISOString()}: its backups reach from ${earliest.toISOString()} to ${latest.toISOString()}`,
    remedy: 'choose a time between, or --to latest; platform db snapshots lists snapshots, which are older',
  });

const noWindow = (thing: string) =>
  new PlatformError({
    id: 'restore-without-backups',
    kind: 'failed',
    message: `RDS names no point in time to which ${thing} can be restored: it has no automatic backups yet`,
    remedy: 'restore a snapshot (platform db snapshots lists them), and set backupDays',
  });

const noSuchSnapshot = (thing: string, id: string, snapshots: readonly DatabaseSnapshot[]) =>
  new PlatformError({
    id: 'restore-snapshot-missing',
    kind: 'failed',
    message: `${thing} has no snapshot ${id}`,
    remedy:
      snapshots.length === 0
        ? 'it has none at all; --to <time> uses its automatic backups'
        : `it has: ${snapshots
            .slice(-5)
            .map((one) => one.id)
            .join(', ')}`,
  });

const snapshotBusy = (id: string, status: string) =>
  new PlatformError({
    id: 'restore-snapshot-busy',
    kind: 'pending',
    message: `Snapshot ${id} is ${status}, and can be restored when it is available`,
    remedy: 'platform db snapshots shows when it is',
  });
