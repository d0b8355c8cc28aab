import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { waitFor } from '../wait-for.ts';
import type { Unprotectable } from './take-lease.ts';

const SNAPSHOT_MS = 2 * 3_600_000;

/**
 * Takes a snapshot with the time in its name and sees it ready (F-85). One per hour is enough: a second try goes on with
 * the snapshot of the first.
 */
export async function keepSnapshot(
  { aws, clock, reporter, target, signal }: Pick<Session, 'aws' | 'clock' | 'reporter' | 'target' | 'signal'>,
  { id, region, type }: Unprotectable,
  label: 'recover' | 'final',
): Promise<string> {
  const { rds } = aws.in(region);
  const source = type === 'AWS::RDS::DBCluster' ? { cluster: id } : { instance: id };
  const name = snapshotName(id, label, clock.now());
  await reporter.step(`Taking snapshot ${name}`, async (update) => {
    // One of this name that is there already is the one that was wanted.
    await rds.takeSnapshot(source, name);
    const status = await waitFor({ clock, everyMs: target.pollMs, forMs: SNAPSHOT_MS, signal }, async () => {
      const now = (await rds.snapshots(source)).find((one) => one.id === name);
      update(now ? `${now.status}, ${now.progress} %` : 'not there yet');
      return now?.status === 'available' || now?.status === 'failed' ? now.status : undefined;
    });
    if (status !== 'available') throw noSnapshot(name, id, status);
  });
  return name;
}

/** Identifiers of snapshots have up to 255 characters, those of databases 63. */
export const snapshotName = (database: string, label: 'recover' | 'final', now: number): string =>
  `${database}-${label}-${new Date(now).toISOString().slice(0, 13).replace(/\D/g, '')}`;

const noSnapshot = (snapshot: string, database: string, status = 'not done after two hours') =>
  new PlatformError({
    id: 'snapshot-missing',
    kind: 'failed',
    message: `Snapshot ${snapshot} of ${database} is ${status}; its protection was not touched`,
    remedy: 'look at the database in the RDS console, then run this again',
  });
