import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isAlive, ownProcess } from '../../process/process-identity.ts';
import { writeAudit } from '../../release/audit-trail.ts';
import { changeLeases, isBeingRearmed, isOf, type Lease, overdue } from '../../release/leases.ts';
import { endLease } from './end-lease.ts';
import { leasePlace } from './lease-place.ts';
import { protectionOf, setProtection } from './protection.ts';

export interface Unprotectable {
  /** `databases.main`. */
  thing: string;
  type: Lease['resource']['type'];
  /** Identifier in RDS. */
  id: string;
  region: string;
}

export interface LeaseTerms {
  reason: string;
  forMs: number;
  /** The command that holds it and ends it; absent: it is held until its time is over. */
  command?: string;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

const LOOK_AGAIN_MS = 500;

/**
 * Lifts the protection of a database for a time: first the promise to put it back, then the trail, then the change.
 * Undefined when it is not protected and nobody has promised anything. The caller has somebody's word for it, and holds
 * the environment's lock.
 */
export async function takeLease(session: Powers, database: Unprotectable, terms: LeaseTerms) {
  const { aws, clock, environment, target } = session;
  const { thing, type, id, region } = database;
  const resource = { type, id, region };
  const { bucket, objects } = leasePlace(session);
  const live = await protectionOf(aws, resource);
  if (live === undefined) return undefined;
  if ((await aws.s3.bucket(bucket)) === undefined) {
    if (!live) return undefined;
    await aws.s3.createPrivateBucket(bucket, { 'platform:project': environment.project });
  }

  const now = clock.now();
  const wanted: Omit<Lease, 'was'> = {
    id: randomUUID(),
    thing,
    resource,
    reason: terms.reason,
    principal: target.principal,
    host: hostname(),
    holder:
      terms.command === undefined
        ? { kind: 'time' }
        : { kind: 'process', ...ownProcess(), command: terms.command, beatAt: now },
    takenAt: now,
    until: now + terms.forMs,
  };
  let before: Lease | undefined;
  const change = (current: readonly Lease[]) => {
    before = current.find(isOf(resource));
    if (before) requireFree(before, environment.name, clock.now());
    if (!before && !live) return undefined;
    if (before && isBeingRearmed(before, clock.now())) return undefined;
    // What an earlier lease is to put back is what this one is to put back.
    const lease = { ...wanted, was: before?.was ?? { deletionProtection: live } };
    return [...current.filter((one) => one !== before), lease];
  };
  let written = await changeLeases(objects, environment.name, change);
  while (!written && before) {
    await clock.sleep(LOOK_AGAIN_MS);
    written = await changeLeases(objects, environment.name, change);
  }
  const lease = written?.find((one) => one.id === wanted.id);
  if (!lease) return undefined;

  await writeAudit(objects, environment.name, {
    at: new Date(now).toISOString(),
    event: 'unprotected',
    thing,
    resource,
    principal: lease.principal,
    host: lease.host,
    reason: lease.reason,
    until: new Date(lease.until).toISOString(),
    was: lease.was,
    ...(terms.command === undefined ? {} : { command: terms.command }),
  });
  try {
    await setProtection(aws, resource, false);
  } catch (error) {
    // Nothing was lifted, so there is nothing to put back; where that cannot be said, the time of the lease ends it.
    await endLease(session, lease, 'done').catch(() => undefined);
    throw error;
  }
  return lease;
}

function requireFree(lease: Lease, environment: string, now: number): void {
  const isHeld = lease.holder.kind === 'process' && !overdue(lease, { now, isAlive });
  if (isHeld) throw leaseHeld(lease, environment);
}

const leaseHeld = ({ thing, principal, host, holder }: Lease, environment: string) =>
  new PlatformError({
    id: 'lease-held',
    kind: 'pending',
    message: `${thing} is unprotected for "${holder.kind === 'process' ? holder.command : ''}", which ${principal} is running on ${host}`,
    remedy: `wait for it to end; platform db status --env ${environment} shows who holds what`,
  });
