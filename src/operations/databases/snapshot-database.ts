import type { DatabaseSnapshot } from '../../aws/rds.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { snapshotName } from '../../release/snapshot-name.ts';
import { waitFor } from '../wait-for.ts';
import { type FoundDatabase, findDatabase, findDatabases } from './find-databases.ts';

/** One snapshot in the contracts of `db snapshot` and `db snapshots`. */
export interface SnapshotRow {
  id: string;
  database: string;
  type: string;
  status: string;
  /** ISO 8601; null while it is being begun. */
  createdAt: string | null;
  storageGb: number;
  engineVersion: string;
}

/** The contract of `db snapshot --json`. */
export interface SnapshotOutcome {
  environment: string;
  snapshot: SnapshotRow;
  dryRun: boolean;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'flags' | 'reporter' | 'signal' | 'target'>;

/** RDS keeps a hundred by hand per account and region, unless it was asked for more. */
const OLDEST_SHOWN = 5;
const NAMES_TRIED = 5;

/**
 * Takes a snapshot of a database by hand. It takes nothing away and gets in nobody's way, so it needs neither a yes nor
 * the lock of the environment.
 */
export async function snapshotDatabase(
  session: Powers,
  { name, wait }: { name: string; wait: boolean },
): Promise<SnapshotOutcome> {
  const { clock, environment, flags } = session;
  const database = await findDatabase(session, name);
  requireAvailable(database);
  if (flags.dryRun) {
    const id = snapshotName(database.id, clock.now());
    return { environment: environment.name, snapshot: { ...NOT_TAKEN, id, database: name }, dryRun: true };
  }
  const taken = await takeSnapshot(session, database);
  const snapshot = wait ? await ready(session, database, taken) : taken;
  return { environment: environment.name, snapshot: row(name, snapshot), dryRun: false };
}

/** The snapshots of the environment's databases, oldest first. */
export async function listSnapshots(
  session: Powers,
  name: string | undefined,
): Promise<{ environment: string; snapshots: SnapshotRow[] }> {
  const found = name === undefined ? await findDatabases(session) : [await findDatabase(session, name)];
  const snapshots = await Promise.all(
    found.map(async (one) => (await snapshotsOf(session, one)).map((snapshot) => row(one.name, snapshot))),
  );
  return { environment: session.environment.name, snapshots: snapshots.flat() };
}

const sourceOf = ({ live, id }: FoundDatabase) => (live.cluster ? { cluster: id } : { instance: id });

export const snapshotsOf = ({ aws }: Pick<Session, 'aws'>, database: FoundDatabase): Promise<DatabaseSnapshot[]> =>
  aws.in(database.region).rds.snapshots(sourceOf(database));

/** With a name that nothing has yet (F-86): the time, and a number where two begin in one second. */
async function takeSnapshot(session: Powers, database: FoundDatabase): Promise<DatabaseSnapshot> {
  const { aws, clock, environment } = session;
  const { rds } = aws.in(database.region);
  const tags = { 'platform:project': environment.project, 'platform:environment': environment.name };
  for (let number = 1; number <= NAMES_TRIED; number++) {
    const id = snapshotName(database.id, clock.now(), number);
    try {
      const taken = await rds.takeSnapshot(sourceOf(database), id, tags);
      if (taken !== 'taken') return taken;
    } catch (error) {
      if (!(error instanceof PlatformError) || !QUOTA.test(error.message)) throw error;
      const manual = (await snapshotsOf(session, database)).filter(({ type }) => type === 'manual');
      throw noRoom(database, manual, error);
    }
  }
  throw namesTaken(database.id);
}

/** The codes that AWS gives: SnapshotQuotaExceeded, and with `Fault` for clusters in some regions. */
const QUOTA = /SnapshotQuotaExceeded/;

function requireAvailable({ thing, live }: FoundDatabase): void {
  const status = live.cluster?.Status ?? live.instance?.DBInstanceStatus ?? '';
  // Of a stopped database AWS takes one too.
  if (status !== 'available' && status !== 'stopped') throw busy(thing, status);
}

async function ready(session: Powers, database: FoundDatabase, taken: DatabaseSnapshot): Promise<DatabaseSnapshot> {
  const { clock, reporter, signal, target } = session;
  const look = async () => (await snapshotsOf(session, database)).find(({ id }) => id === taken.id);
  return reporter.step(`Waiting for snapshot ${taken.id}`, async (update) => {
    try {
      const done = await waitFor({ clock, everyMs: target.pollMs, signal }, async () => {
        const seen = await look();
        if (!seen || seen.status === 'failed') throw snapshotFailed(taken.id);
        update(`${seen.progress} %`);
        return seen.status === 'available' ? seen : undefined;
      });
      return done!;
    } catch (error) {
      throw signal.aborted ? stillTaken(taken.id) : error;
    }
  });
}

const NOT_TAKEN = { type: 'manual', status: 'not taken', createdAt: null, storageGb: 0, engineVersion: '' };

const row = (database: string, { createdAt, progress: _, arn: __, ...snapshot }: DatabaseSnapshot): SnapshotRow => ({
  ...snapshot,
  database,
  createdAt: createdAt?.toISOString() ?? null,
});

const busy = (thing: string, status: string) =>
  new PlatformError({
    id: 'database-busy',
    kind: 'pending',
    message: `${thing} is ${status}: RDS takes a snapshot only of a database that is available or stopped`,
    remedy: 'wait until it is (platform db status shows it) and run this again',
  });

const noRoom = ({ thing }: FoundDatabase, manual: readonly DatabaseSnapshot[], cause: Error) =>
  new PlatformError({
    id: 'snapshot-quota',
    kind: 'failed',
    message: `This account may not take another snapshot in this region (F-86). ${thing} has ${manual.length}, the oldest: ${
      manual
        .slice(0, OLDEST_SHOWN)
        .map(
          ({ id, createdAt, storageGb }) => `${id} (${createdAt?.toISOString().slice(0, 10)}, up to ${storageGb} GiB)`,
        )
        .join(', ') || 'none'
    }`,
    remedy:
      'delete one that nobody needs (aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier <id>), or ask for a higher quota: aws service-quotas list-service-quotas --service-code rds',
    cause,
  });

const namesTaken = (id: string) =>
  new PlatformError({
    id: 'snapshot-names-taken',
    kind: 'failed',
    message: `Somebody takes snapshots of ${id} every moment: ${NAMES_TRIED} names were taken already`,
    remedy: 'platform db snapshots shows them; run this again in a second',
  });

const snapshotFailed = (id: string) =>
  new PlatformError({
    id: 'snapshot-failed',
    kind: 'failed',
    message: `RDS gave snapshot ${id} up`,
    remedy: 'take another; aws rds describe-events --duration 60 shows what RDS says',
  });

const stillTaken = (id: string) =>
  new PlatformError({
    id: 'snapshot-under-way',
    kind: 'pending',
    message: `Snapshot ${id} is still being taken; that goes on without us`,
    remedy: 'platform db snapshots shows when it is available',
  });
