import type { Session } from '../../context.ts';
import { askToCancel, type HeldNow, isStale, type Lock, type LockPlace, lookAtLock } from '../../release/lock.ts';
import { migrationLockPlace } from '../migrations/hold-migration-lock.ts';
import { holderOf, lockPlace } from './hold-lock.ts';

/** Somebody who is at work in an environment, and the lock through which he can be told something. */
export interface Runner {
  held: HeldNow;
  place: LockPlace;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

/** Who changes the environment, and who migrates it on its own; a deployment that migrates is one. Only reads. */
export async function whoRuns(session: Powers): Promise<{ changes?: Runner; migrates?: Runner }> {
  const [changes, migrates] = await Promise.all([atWork(lockPlace(session)), atWork(migrationLockPlace(session))]);
  const isOne = changes && migrates && sameHolder(changes.held.lock, migrates.held.lock);
  return { ...(changes ? { changes } : {}), ...(migrates && !isOne ? { migrates } : {}) };
}

async function atWork(place: LockPlace): Promise<Runner | undefined> {
  const held = await lookAtLock(place);
  return held && !isStale(held.standing) ? { held, place } : undefined;
}

const sameHolder = (one: Lock, other: Lock): boolean =>
  one.principal === other.principal &&
  one.host === other.host &&
  one.command === other.command &&
  one.process?.pid === other.process?.pid;

/** Whether he still holds what he held. */
export async function stillRuns({ held, place }: Runner): Promise<boolean> {
  const now = await atWork(place);
  return now?.held.lock.id === held.lock.id;
}

/** Leaves word that he is to stop before his next change. */
export async function tellToStop(session: Powers, { held, place }: Runner): Promise<void> {
  const { principal, host } = holderOf(session, { command: 'cancel' });
  await askToCancel(place, held.lock.id, { principal, host, at: session.clock.now() });
}
