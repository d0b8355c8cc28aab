import { hostname } from 'node:os';
import type { Session } from '../context.ts';
import { type AuditEntry, writeAudit } from '../release/audit-trail.ts';
import { leasePlace } from './databases/lease-place.ts';

/** Leaves word of what we do, or are about to do, for `secrets history` and whoever asks later. Never a value. */
export async function audit(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  { event, thing, ...details }: Pick<AuditEntry, 'event' | 'thing'> & Record<string, unknown>,
): Promise<void> {
  const { clock, environment, target } = session;
  await writeAudit(leasePlace(session).objects, environment.name, {
    at: new Date(clock.now()).toISOString(),
    event,
    thing,
    principal: target.principal,
    host: hostname(),
    ...details,
  });
}
