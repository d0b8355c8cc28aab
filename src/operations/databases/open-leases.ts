import type { Session } from '../../context.ts';
import { isAlive } from '../../process/process-identity.ts';
import { isBeingRearmed, type Lease, overdue, readLeases } from '../../release/leases.ts';
import { leasePlace } from './lease-place.ts';

export interface OpenLease {
  lease: Lease;
  /** Why it should have been ended; absent while it holds. */
  overdue?: 'expired' | 'orphaned';
}

/** The leases that nobody has ended and nobody is ending right now. Only reads. */
export async function openLeases(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
): Promise<OpenLease[]> {
  const now = session.clock.now();
  const { objects, environment } = leasePlace(session);
  return (await readLeases(objects, environment))
    .filter((lease) => !isBeingRearmed(lease, now))
    .map((lease) => {
      const why = overdue(lease, { now, isAlive });
      return { lease, ...(why ? { overdue: why } : {}) };
    });
}
