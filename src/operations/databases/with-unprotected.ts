import type { Session } from '../../context.ts';
import { changeLeases, type Lease } from '../../release/leases.ts';
import { BEAT_EVERY_MS } from '../../release/lock.ts';
import { endLease } from './end-lease.ts';
import { leasePlace } from './lease-place.ts';
import { type LeaseTerms, takeLease, type Unprotectable } from './take-lease.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>;

const FOUR_HOURS_MS = 4 * 3_600_000;

export interface UnprotectedTerms extends Omit<LeaseTerms, 'forMs'> {
  command: string;
  /** After so long anybody's command protects them again, whether the work has ended or not. */
  forMs?: number;
}

/**
 * Does work while databases are unprotected, and protects those again that are still there, however the work ends. Those
 * that are not protected are left alone. The caller has asked for each by its name and holds the environment's lock; a
 * process that dies is found out by the next command of anybody.
 */
export async function withUnprotected<T>(
  session: Powers,
  databases: readonly Unprotectable[],
  { reason, command, forMs = FOUR_HOURS_MS }: UnprotectedTerms,
  work: (leases: readonly Lease[]) => Promise<T>,
): Promise<T> {
  const taken: Lease[] = [];
  const stop = new AbortController();
  let beating: Promise<void> | undefined;
  try {
    for (const database of databases) {
      const lease = await takeLease(session, database, { reason, command, forMs });
      if (lease) taken.push(lease);
      if (lease) beating ??= beat(session, taken, stop.signal);
    }
    return await work(taken);
  } finally {
    stop.abort();
    await beating;
    for (const lease of taken) await endOrSay(session, lease);
  }
}

/** What was done is done: it must not look failed because of this, and the next command tries again. */
async function endOrSay(session: Powers, lease: Lease): Promise<void> {
  const { environment, reporter } = session;
  try {
    const ended = await endLease(session, lease, 'done');
    if (ended === 'protected') reporter.note(`${lease.thing} is protected again`);
  } catch (error) {
    reporter.warn(
      `${lease.thing} is still unprotected (${(error as Error).message}): platform db protect --env ${environment.name} ${lease.thing.replace('databases.', '')}`,
    );
  }
}

/** Says every half minute that the process is there. Missed beats are no failure of the work. */
async function beat(session: Powers, taken: readonly Lease[], signal: AbortSignal): Promise<void> {
  const { clock } = session;
  const { objects, environment } = leasePlace(session);
  while (!signal.aborted) {
    await clock.sleep(BEAT_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const ours = new Set(taken.map(({ id }) => id));
    await changeLeases(objects, environment, (current) =>
      current.map((one) =>
        ours.has(one.id) && one.holder.kind === 'process'
          ? { ...one, holder: { ...one.holder, beatAt: clock.now() } }
          : one,
      ),
    ).catch(() => undefined);
  }
}
