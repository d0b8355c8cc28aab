import type { Session } from '../../context.ts';
import { durationText } from '../../domain/duration.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import {
  breakLock,
  type HeldNow,
  type HolderStanding,
  isStale,
  type LockPlace,
  lookAtLock,
  lookAtUnreadable,
  replaceUnreadable,
  type UnreadableLock,
} from '../../release/lock.ts';
import { audit } from '../audit.ts';
import { migrationLockPlace } from '../migrations/hold-migration-lock.ts';
import { holderOf, lockPlace } from './hold-lock.ts';

/** A holder as `--json` shows it; times are ISO 8601. */
export interface ShownHolder {
  principal: string;
  host: string;
  /** Null for a lock of an earlier version. */
  pid: number | null;
  command: string;
  commit: string | null;
  takenAt: string;
  ageSeconds: number;
  lastHeartbeat: string;
  silentSeconds: number;
  standing: HolderStanding;
  /** Who has asked it to cancel. */
  cancelAskedBy: string | null;
}

/** The contract of `lock status --json`. */
export interface LockStatus {
  environment: string;
  held: boolean;
  /** Its holder is dead or silent: the next command takes it. */
  stale: boolean;
  holder: ShownHolder | null;
}

/** The contract of `lock release --json`. */
export interface LockRelease {
  environment: string;
  released: boolean;
  /** Null when nobody held it, and when that cannot be read. */
  previous: ShownHolder | null;
  unreadable: boolean;
  dryRun: boolean;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

export async function lockStatus(session: Powers): Promise<LockStatus> {
  const held = await lookAtLock(lockPlace(session));
  return {
    environment: session.environment.name,
    held: held !== undefined,
    stale: held !== undefined && isStale(held.standing),
    holder: held ? shown(held, session.clock.now()) : null,
  };
}

type ReleasePowers = Powers & Pick<Session, 'flags' | 'prompter'>;

/** Frees a lock: a stale one after a yes, one whose holder may still be at work, or is not to be read, by its name. */
export async function releaseLock(session: ReleasePowers): Promise<LockRelease> {
  const { clock, environment, flags, prompter } = session;
  const place = lockPlace(session);
  const migrations = migrationLockPlace(session);
  const [unreadable, unreadableMigration] = await Promise.all([lookAtUnreadable(place), lookAtUnreadable(migrations)]);
  if (unreadable) return releaseUnreadable(session, unreadable, { place, thing: 'lock', doing: 'changing' });
  // It frees itself when its holder dies, but for one that nobody can read.
  if (unreadableMigration)
    return releaseUnreadable(session, unreadableMigration, {
      place: migrations,
      thing: 'migration-lock',
      doing: 'migrating',
    });
  const held = await lookAtLock(place);
  const previous = held ? shown(held, clock.now()) : null;
  const common = { environment: environment.name, previous, unreadable: false, dryRun: flags.dryRun };
  if (!held || !previous) return { ...common, released: false };

  const { principal, host, command } = held.lock;
  const who = `${principal} on ${host} ("${command}", ${standingText(previous)})`;
  if (isStale(held.standing)) await prompter.ask({ text: `Release the lock of ${environment.name}, held by ${who}?` });
  else
    await prompter.askTyped({
      name: `${environment.name}/lock`,
      text: `${who} holds ${environment.name} and may be changing it right now. It stops before its next change when its lock is gone; what AWS has begun goes on`,
    });
  if (flags.dryRun) return { ...common, released: false };
  if (!(await breakLock(place, held))) throw changed(environment.name);
  const { takenAt, standing } = previous;
  await audit(session, {
    event: 'lock-released',
    thing: 'lock',
    holder: { principal, host, command, takenAt, standing },
  });
  return { ...common, released: true };
}

/** Whoever holds it cannot be known, so that only the name frees it; what it held stays as an earlier version. */
async function releaseUnreadable(
  session: ReleasePowers,
  unreadable: UnreadableLock,
  { place, thing, doing }: { place: LockPlace; thing: 'lock' | 'migration-lock'; doing: string },
): Promise<LockRelease> {
  const { environment, flags, prompter } = session;
  await prompter.askTyped({
    name: `${environment.name}/${thing}`,
    text: `${unreadable.why.message}. Nobody can tell whether somebody is ${doing} ${environment.name} right now; who is stops before the next change when this lock is replaced`,
  });
  const outcome = { environment: environment.name, previous: null, unreadable: true, dryRun: flags.dryRun };
  if (flags.dryRun) return { ...outcome, released: false };
  const freed = await replaceUnreadable(place, unreadable, holderOf(session, { command: 'lock release' }));
  if (!freed) throw changed(environment.name);
  await audit(session, { event: 'lock-released', thing, holder: null });
  return { ...outcome, released: true };
}

function shown({ lock, standing }: HeldNow, now: number): ShownHolder {
  const { principal, host, process, command, commit, takenAt, beatAt, cancel } = lock;
  return {
    principal,
    host,
    pid: process?.pid ?? null,
    command,
    commit: commit ?? null,
    takenAt: new Date(takenAt).toISOString(),
    ageSeconds: Math.round((now - takenAt) / 1000),
    lastHeartbeat: new Date(beatAt).toISOString(),
    silentSeconds: Math.round((now - beatAt) / 1000),
    standing,
    cancelAskedBy: cancel?.principal ?? null,
  };
}

/** What is known of the holder, in words. */
export const standingText = ({ standing, silentSeconds }: Pick<ShownHolder, 'standing' | 'silentSeconds'>): string =>
  ({
    alive: 'its process runs on this machine',
    beating: `last heartbeat ${durationText(silentSeconds * 1000)} ago`,
    silent: `no heartbeat for ${durationText(silentSeconds * 1000)}: it is gone`,
    dead: 'its process on this machine has ended',
  })[standing];

const changed = (environment: string) =>
  new PlatformError({
    id: 'lock-changed',
    kind: 'failed',
    message: `The lock of ${environment} has changed while this was asked: somebody beats, holds or has released it; it was left as it is`,
    remedy: `platform lock status --env ${environment} shows who has it now`,
  });
