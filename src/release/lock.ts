import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PlatformError } from '../errors/platform-error.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/** Enough to tell a process from a later one of its number, and from one of another machine or container. */
const holderProcess = z.object({
  pid: z.number(),
  began: z.string().optional(),
  space: z.string().optional(),
});
type HolderProcess = z.infer<typeof holderProcess>;

const holder = {
  /** ARN, as STS says. */
  principal: z.string(),
  host: z.string(),
  command: z.string(),
  commit: z.string().optional(),
  /** The process on that host; absent in locks of earlier versions. */
  process: holderProcess.optional(),
};
const holderFacts = z.object(holder);
/** Who is changing an environment; readable by everybody on the team. */
export type LockHolder = z.infer<typeof holderFacts>;

/** Word left in a lock for its holder: he is asked to take back what he began. */
const cancelRequest = z.looseObject({
  principal: z.string(),
  host: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type CancelRequest = z.infer<typeof cancelRequest>;

const storedLock = z.looseObject({
  ...holder,
  id: z.string(),
  /** Milliseconds since 1970. */
  takenAt: z.number(),
  beatAt: z.number(),
  released: z.boolean().optional(),
  cancel: cancelRequest.optional(),
});
export type Lock = z.infer<typeof storedLock>;

export const BEAT_EVERY_MS = 30_000;
/** Five beats missed: its holder is gone. */
export const STALE_AFTER_MS = 5 * BEAT_EVERY_MS;
/** Writers that meet in one object; more of them in a row is no meeting. */
const REWRITES = 5;

/** A lock that was taken; `beat` and `release` do nothing to a lock that somebody else has broken since. */
export interface TakenLock {
  readonly lock: Lock;
  /** False when the lock is no longer ours: whoever holds it must stop changing things. */
  beat(): Promise<boolean>;
  /** Only reads: whether it is still ours, and whether somebody has left word in it. */
  look(): Promise<boolean>;
  /** Somebody wants this taken back; known since the last beat or look. */
  cancelled(): CancelRequest | undefined;
  release(): Promise<void>;
}

/** Which lock it is, and how it is looked at. An environment has several: its own, and one for its migrations. */
export interface LockPlace {
  objects: ObjectStore;
  now: () => number;
  environment: string;
  /** The object's name in the environment's state; absent: the lock of the environment itself. */
  name?: string;
  /** Whether a holder's process lives; undefined when that cannot be told from here. Absent: only its beats tell. */
  isAlive?: (process: HolderProcess) => boolean | undefined;
  /** What is thrown while somebody holds it. */
  refusal?: (lock: Lock, now: number) => PlatformError;
}

/**
 * What is known of a lock's holder: `alive` and `dead` by a look at its process on this machine, `beating` and `silent`
 * by its heartbeat. Nothing holds a lock that is dead or silent.
 */
export type HolderStanding = 'alive' | 'beating' | 'silent' | 'dead';

export function standingOf({ process, beatAt }: Lock, { now, isAlive }: Pick<LockPlace, 'now' | 'isAlive'>) {
  const alive = process && isAlive?.(process);
  if (alive === false) return 'dead' satisfies HolderStanding;
  // A process that was stopped for so long has lost its lock, whether it is there or not.
  if (now() - beatAt > STALE_AFTER_MS) return 'silent' satisfies HolderStanding;
  return (alive ? 'alive' : 'beating') satisfies HolderStanding;
}

export const isStale = (standing: HolderStanding): boolean => standing === 'dead' || standing === 'silent';

/** How a lock lay at a look: what was planned then holds as long as nobody has taken it since. */
export interface SeenLock {
  /** Absent: there was none yet. */
  readonly etag?: string;
}

/** A lock that is held, and the version of it that a conditional write can speak of. */
export interface HeldNow {
  lock: Lock;
  etag: string;
  standing: HolderStanding;
}

/** Who holds it, stale or not; undefined when it is free. Only reads. */
export async function lookAtLock(place: LockPlace): Promise<HeldNow | undefined> {
  const found = await read(place);
  if (!found || found.lock.released) return undefined;
  return { ...found, standing: standingOf(found.lock, place) };
}

/** Throws `environment-locked` (exit 8), or what the place says, while somebody holds it. Only reads. */
export async function seeLock(place: LockPlace): Promise<SeenLock> {
  const found = await read(place);
  if (found && !found.lock.released && !isStale(standingOf(found.lock, place))) throw refused(place, found.lock);
  return found ? { etag: found.etag } : {};
}

/**
 * Takes a lock or throws `environment-locked` (exit 8) with the holder. A stale lock is broken: two breakers cannot
 * both win, because each writes on condition that the object is still the one it read. A released lock stays as an
 * object, so that taking it again is the same conditional write. With `seen`, throws `environment-overtaken` when
 * somebody has held it since.
 */
export async function takeLock(place: LockPlace, holder: LockHolder, seen?: SeenLock): Promise<TakenLock> {
  const { objects, now, environment } = place;
  const key = keyOf(place);
  const lock: Lock = { ...holder, id: randomUUID(), takenAt: now(), beatAt: now() };
  const found = await seeLock(place);
  if (seen && found.etag !== seen.etag) throw overtaken(environment);

  const written = found.etag
    ? await objects.putIfMatch(key, JSON.stringify(lock), found.etag)
    : await objects.putIfAbsent(key, JSON.stringify(lock));
  if (written) return taken(place, lock, written);
  // The answer to a write may be lost on its way and the write be tried again: then we are the one who was first.
  const holds = (await read(place))!;
  if (holds.lock.id === lock.id) return taken(place, lock, holds.etag);
  throw refused(place, holds.lock);
}

function taken(place: LockPlace, lock: Lock, written: string): TakenLock {
  const { objects, now } = place;
  let etag = written;
  let current = lock;
  const rewrite = async (change: Partial<Lock>): Promise<boolean> => {
    for (let time = 0; time < REWRITES; time += 1) {
      const changed = { ...current, ...change };
      const answer = await objects.putIfMatch(keyOf(place), JSON.stringify(changed), etag);
      if (answer) {
        etag = answer;
        current = changed;
        return true;
      }
      // Somebody may only have left word in it, or our own last write has come through after all.
      const found = await read(place);
      if (!found || found.lock.id !== lock.id || found.lock.released) return false;
      etag = found.etag;
      current = found.lock;
    }
    return false;
  };
  return {
    lock,
    beat: () => rewrite({ beatAt: now() }),
    look: async () => {
      const found = await read(place);
      if (!found || found.lock.id !== lock.id || found.lock.released) return false;
      if (found.lock.cancel) current = { ...current, cancel: found.lock.cancel };
      return true;
    },
    cancelled: () => current.cancel,
    release: async () => void (await rewrite({ beatAt: now(), released: true })),
  };
}

/** Ends the hold of whoever was seen to hold it; false when the lock has changed since it was seen. */
export async function breakLock(place: LockPlace, { lock, etag }: HeldNow): Promise<boolean> {
  const freed: Lock = { ...lock, released: true };
  return (await place.objects.putIfMatch(keyOf(place), JSON.stringify(freed), etag)) !== undefined;
}

/** A lock of which nobody can read who holds it: cut, emptied, or of a version that is not known here. */
export interface UnreadableLock {
  etag: string;
  why: PlatformError;
}

/** Undefined for one that can be read, and where there is none. Only reads. */
export async function lookAtUnreadable(place: LockPlace): Promise<UnreadableLock | undefined> {
  const found = await place.objects.get(keyOf(place));
  if (!found) return undefined;
  try {
    parsed(place, found.body);
    return undefined;
  } catch (why) {
    if (!(why instanceof PlatformError) || why.id !== 'state-unreadable') throw why;
    return { etag: found.etag, why };
  }
}

/** Puts a released lock in the place of one that cannot be read; false when that has changed since it was seen. */
export async function replaceUnreadable(
  place: LockPlace,
  { etag }: UnreadableLock,
  holder: LockHolder,
): Promise<boolean> {
  const now = place.now();
  const freed: Lock = { ...holder, id: randomUUID(), takenAt: now, beatAt: now, released: true };
  return (await place.objects.putIfMatch(keyOf(place), JSON.stringify(freed), etag)) !== undefined;
}

/** Leaves word for the holder, who finds it at his next beat; false when somebody else holds it by now, or nobody. */
export async function askToCancel(place: LockPlace, id: string, cancel: CancelRequest): Promise<boolean> {
  for (let time = 0; time < REWRITES; time += 1) {
    const found = await read(place);
    if (!found || found.lock.id !== id || found.lock.released) return false;
    const marked = JSON.stringify({ ...found.lock, cancel });
    if (await place.objects.putIfMatch(keyOf(place), marked, found.etag)) return true;
  }
  return false;
}

/** Who holds the environment, or undefined. */
export async function lockHolder(objects: ObjectStore, environment: string): Promise<Lock | undefined> {
  return (await lookAtLock({ objects, environment, now: Date.now }))?.lock;
}

async function read(place: LockPlace): Promise<{ lock: Lock; etag: string } | undefined> {
  const found = await place.objects.get(keyOf(place));
  if (!found) return undefined;
  return { lock: parsed(place, found.body), etag: found.etag };
}

function parsed(place: LockPlace, body: string): Lock {
  const better = `platform lock release --env ${place.environment} replaces it`;
  return storedIn(storedLock, body, { objects: place.objects, key: keyOf(place), better });
}

const keyOf = ({ environment, name = 'lock' }: LockPlace) => `environments/${environment}/${name}.json`;

const refused = (place: LockPlace, lock: Lock): PlatformError =>
  (place.refusal ?? ((held, now) => locked(place.environment, held, now)))(lock, place.now());

const locked = (environment: string, { principal, host, command, takenAt, process }: Lock, now: number) =>
  new PlatformError({
    id: 'environment-locked',
    kind: 'pending',
    message: `${principal} on ${host}${process ? ` (process ${process.pid})` : ''} has been running "${command}" on ${environment} for ${Math.round((now - takenAt) / 1000)} s`,
    remedy: `platform deploy --attach follows it; platform lock status says whether it still runs; a lock whose holder died frees itself after ${STALE_AFTER_MS / 1000} s`,
  });

const overtaken = (environment: string) =>
  new PlatformError({
    id: 'environment-overtaken',
    kind: 'failed',
    message: `Somebody has changed ${environment} since this was planned; nothing was changed`,
    remedy: 'run this again: it plans anew',
  });
