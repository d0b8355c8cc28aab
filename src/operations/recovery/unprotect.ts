import type { Session } from '../../context.ts';
import type { Blocked } from '../../domain/recovery/recovery-plan.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { protectionOf } from '../protection.ts';
import type { Unprotectable } from '../take-lease.ts';
import { waitFor } from '../wait-for.ts';
import { withUnprotected } from '../with-unprotected.ts';

const SNAPSHOT_MS = 2 * 3_600_000;

/**
 * Takes a snapshot of each database, and does the work while their protection is lifted under a lease: it is put back on
 * those that are still there, however the work ends (F-05, F-85). The caller asked for each by its name.
 */
export async function whileUnprotected<T>(
  session: Session,
  { databases, region, stackName }: { databases: readonly Blocked[]; region: string; stackName: string },
  work: () => Promise<T>,
): Promise<T> {
  const found: Unprotectable[] = databases.map(({ thing, type, physicalId }) => ({
    thing,
    type: type === 'AWS::RDS::DBCluster' ? type : 'AWS::RDS::DBInstance',
    id: physicalId,
    region,
  }));
  for (const database of found)
    if ((await protectionOf(session.aws, database)) !== undefined) await keepSnapshot(session, database);
  const terms = { reason: `${stackName} is stuck because of its protection`, command: `recover ${stackName}` };
  return withUnprotected(session, found, terms, work);
}

/** One per hour is enough: a second try goes on with the snapshot of the first. */
async function keepSnapshot(
  { aws, clock, reporter, target, signal }: Session,
  { id, region, type }: Unprotectable,
): Promise<void> {
  const { rds } = aws.in(region);
  const hour = new Date(clock.now()).toISOString().slice(0, 13).replace(/\D/g, '');
  // Identifiers of snapshots have up to 255 characters, those of databases 63.
  const name = `${id}-recover-${hour}`;
  await reporter.step(`Taking snapshot ${name}`, async (update) => {
    // One of this name that is there already is the one that was wanted.
    await rds.takeSnapshot(type === 'AWS::RDS::DBCluster' ? { cluster: id } : { instance: id }, name);
    const status = await waitFor({ clock, everyMs: target.pollMs, forMs: SNAPSHOT_MS, signal }, async () => {
      const all = await rds.snapshots(type === 'AWS::RDS::DBCluster' ? { cluster: id } : { instance: id });
      const now = all.find((one) => one.id === name);
      update(now ? `${now.status}, ${now.progress} %` : 'not there yet');
      return now?.status === 'available' || now?.status === 'failed' ? now.status : undefined;
    });
    if (status !== 'available') throw noSnapshot(name, id, status);
  });
}

const noSnapshot = (snapshot: string, database: string, status = 'not done after two hours') =>
  new PlatformError({
    id: 'recover-snapshot-missing',
    kind: 'failed',
    message: `Snapshot ${snapshot} of ${database} is ${status}; its protection was not touched`,
    remedy: 'look at the database in the RDS console, then run this again',
  });
