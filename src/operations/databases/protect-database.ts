import type { Session } from '../../context.ts';
import { changeLeases, isOf, readLeases } from '../../release/leases.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { endLease } from './end-lease.ts';
import { findDatabase, isProtected } from './find-databases.ts';
import { leasePlace } from './lease-place.ts';
import { setProtection } from './protection.ts';

/** The contract of `db protect --json`. */
export interface ProtectOutcome {
  environment: string;
  database: string;
  /** In RDS. */
  identifier: string;
  protected: boolean;
  /** False where it was protected already. */
  changed: boolean;
  dryRun: boolean;
}

/** Protects a database against deletion, whatever lease it was unprotected under. */
export async function protectDatabase(session: Session, name: string): Promise<ProtectOutcome> {
  const { aws, environment, flags } = session;
  const lock = await lazyLock(session, { command: 'db protect' });
  const database = await findDatabase(session, name);
  const { type, id, region } = database;
  const resource = { type, id, region };
  const { objects } = leasePlace(session);
  const lease = (await readLeases(objects, environment.name)).find(isOf(resource));
  const common = { environment: environment.name, database: name, identifier: id };
  const changed = !isProtected(database);
  if (flags.dryRun || (!changed && !lease))
    return { ...common, protected: !changed || !flags.dryRun, changed, dryRun: flags.dryRun };
  try {
    await lock.take();
    if (changed) await setProtection(aws, resource, true);
    if (lease && (await endLease(session, lease, 'protect')) === 'elsewhere')
      await changeLeases(objects, environment.name, (current) => current.filter(({ id: one }) => one !== lease.id));
  } finally {
    await lock.release();
  }
  return { ...common, protected: true, changed, dryRun: false };
}
