import { hostname } from 'node:os';
import type { Aws } from '../../aws/aws.ts';
import type { Session } from '../../context.ts';
import { writeAudit } from '../../release/audit-trail.ts';
import { changeLeases, isBeingRearmed, type Lease } from '../../release/leases.ts';
import { leasePlace } from './lease-place.ts';
import { protectionOf, setProtection } from './protection.ts';

/** `elsewhere`: somebody else has ended it or is about to. `gone`: the database is deleted, or being deleted. */
export type EndedLease = 'protected' | 'gone' | 'elsewhere';

/**
 * Puts the protection back that a lease promised, then takes the lease away. Needs no lock: it is safe beside anything,
 * and must not wait for a deployment to end. Whoever dies in between leaves the lease to the next.
 */
export async function endLease(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  lease: Lease,
  why: 'done' | 'expired' | 'orphaned' | 'protect',
): Promise<EndedLease> {
  const { clock, environment, target } = session;
  const { objects } = leasePlace(session);
  const aws = session.aws.uninterrupted();
  const claim = { by: target.principal, at: clock.now() };
  const claimed = await changeLeases(objects, environment.name, (current) => {
    const found = current.find(({ id }) => id === lease.id);
    if (!found || isBeingRearmed(found, clock.now())) return undefined;
    return current.map((one) => (one === found ? { ...one, rearming: claim } : one));
  });
  if (!claimed) return 'elsewhere';

  const live = await putBack(aws, lease).catch(async (error: unknown) => {
    // Let go, so that the next command tries at once.
    const free = ({ rearming: _, ...one }: Lease): Lease => one;
    await changeLeases(objects, environment.name, (current) =>
      current.map((one) => (one.id === lease.id ? free(one) : one)),
    ).catch(() => undefined);
    throw error;
  });
  await writeAudit(objects, environment.name, {
    at: new Date(clock.now()).toISOString(),
    event: live === undefined ? 'lease-ended' : 'rearmed',
    thing: lease.thing,
    resource: lease.resource,
    principal: target.principal,
    host: hostname(),
    why: live === undefined ? 'gone' : why,
    lease: { id: lease.id, principal: lease.principal, host: lease.host, reason: lease.reason },
  });
  await changeLeases(objects, environment.name, (current) => current.filter(({ id }) => id !== lease.id));
  return live === undefined ? 'gone' : 'protected';
}

/** What was found: undefined where there is nothing to protect any more. */
async function putBack(aws: Aws, { resource, was }: Lease): Promise<boolean | undefined> {
  const live = await protectionOf(aws, resource);
  if (live === false && was.deletionProtection) await setProtection(aws, resource, true);
  return live;
}
