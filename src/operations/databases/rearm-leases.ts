import type { Session } from '../../context.ts';
import { isAlive } from '../../process/process-identity.ts';
import { type Lease, overdue, readLeases } from '../../release/leases.ts';
import { objectsIn } from '../../release/state-bucket.ts';
import { endLease } from './end-lease.ts';
import { leasePlace } from './lease-place.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'flags' | 'reporter' | 'target'>;

/**
 * Part of every command that opens an environment, beside what it does: databases whose lease of unprotection has run
 * out, or whose process has died, are protected again and spoken of. Costs one read of an object that most environments
 * do not have; never makes the command fail.
 */
export async function rearmLeases(session: Powers): Promise<void> {
  const { aws, clock, environment, reporter } = session;
  const { bucket } = leasePlace(session);
  try {
    // Ctrl-C may cut this look off, unlike what follows from it.
    for (const lease of await readLeases(objectsIn(aws.s3, bucket), environment.name)) {
      const why = overdue(lease, { now: clock.now(), isAlive });
      if (why) await rearm(session, lease, why);
    }
  } catch (error) {
    reporter.debug(`leases of ${environment.name}: ${(error as Error).message}`);
  }
}

async function rearm(session: Powers, lease: Lease, why: 'expired' | 'orphaned'): Promise<void> {
  const { environment, flags, reporter } = session;
  const { thing, principal, host, reason, until, holder } = lease;
  const what = holder.kind === 'process' ? `"${holder.command}"` : 'db unprotect';
  const ended =
    why === 'expired'
      ? `and the time for it ended at ${new Date(until).toISOString()}`
      : 'and that command has died without protecting it again';
  const story = `${thing} was unprotected by ${principal} on ${host} for ${what} ("${reason}"), ${ended}`;
  if (flags.dryRun) return reporter.warn(`${story}; without --dry-run it would be protected again`);
  try {
    const outcome = await endLease(session, lease, why);
    if (outcome === 'protected') reporter.warn(`${story}; it is protected again`);
    if (outcome === 'gone') reporter.note(`${story}; the database is gone`);
  } catch (error) {
    reporter.warn(
      `${story}, and protecting it now did not work: ${(error as Error).message}. platform db protect --env ${environment.name} ${thing.replace('databases.', '')} does it`,
    );
  }
}
