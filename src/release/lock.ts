import { randomUUID } from 'node:crypto';
import { PlatformError } from '../errors/platform-error.ts';
import type { ObjectStore } from './state-bucket.ts';

/** Who is changing an environment; readable by everybody on the team. */
export interface LockHolder {
  /** ARN, as STS says. */
  principal: string;
  host: string;
  command: string;
  commit?: string;
}

export interface Lock extends LockHolder {
  id: string;
  /** Milliseconds since 1970. */
  takenAt: number;
  beatAt: number;
  released?: boolean;
}

export const BEAT_EVERY_MS = 30_000;
/** Five beats missed: its holder is gone. */
const STALE_AFTER_MS = 5 * BEAT_EVERY_MS;

/** A lock that was taken; `beat` and `release` do nothing to a lock that somebody else has broken since. */
export interface TakenLock {
  readonly lock: Lock;
  /** False when the lock is no longer ours: whoever holds it must stop changing things. */
  beat(): Promise<boolean>;
  release(): Promise<void>;
}

interface LockPlace {
  objects: ObjectStore;
  now: () => number;
  environment: string;
}

/** How an environment's lock lay at a look: what was planned then holds as long as nobody has taken it since. */
export interface SeenLock {
  /** Absent: there was none yet. */
  readonly etag?: string;
}

/** Throws `environment-locked` (exit 8) while somebody holds it. Only reads. */
export async function seeLock({ objects, now, environment }: LockPlace): Promise<SeenLock> {
  const found = await objects.get(lockKey(environment));
  const held = found && (JSON.parse(found.body) as Lock);
  if (held && !held.released && !isStale(held, now())) throw locked(environment, held, now());
  return found ? { etag: found.etag } : {};
}

/**
 * Takes the lock of an environment or throws `environment-locked` (exit 8) with the holder. A stale lock is broken:
 * two breakers cannot both win, because each writes on condition that the object is still the one it read.
 * A released lock stays as an object, so that taking it again is the same conditional write. With `seen`, throws
 * `environment-overtaken` when somebody has held it since.
 */
export async function takeLock(
  { objects, now, environment }: LockPlace,
  holder: LockHolder,
  seen?: SeenLock,
): Promise<TakenLock> {
  const key = lockKey(environment);
  const lock: Lock = { ...holder, id: randomUUID(), takenAt: now(), beatAt: now() };
  const found = await seeLock({ objects, now, environment });
  if (seen && found.etag !== seen.etag) throw overtaken(environment);

  const written = found.etag
    ? await objects.putIfMatch(key, JSON.stringify(lock), found.etag)
    : await objects.putIfAbsent(key, JSON.stringify(lock));
  if (!written) throw locked(environment, JSON.parse((await objects.get(key))!.body) as Lock, now());

  let etag = written;
  const rewrite = async (changed: Lock): Promise<boolean> => {
    const answer = await objects.putIfMatch(key, JSON.stringify(changed), etag);
    if (answer) etag = answer;
    return answer !== undefined;
  };
  return {
    lock,
    beat: () => rewrite({ ...lock, beatAt: now() }),
    release: async () => void (await rewrite({ ...lock, beatAt: now(), released: true })),
  };
}

/** Who holds the environment, or undefined. */
export async function lockHolder(objects: ObjectStore, environment: string): Promise<Lock | undefined> {
  const found = await objects.get(lockKey(environment));
  const lock = found && (JSON.parse(found.body) as Lock);
  return lock?.released ? undefined : lock;
}

export const isStale = (lock: Lock, now: number): boolean => now - lock.beatAt > STALE_AFTER_MS;

const lockKey = (environment: string) => `environments/${environment}/lock.json`;

const locked = (environment: string, { principal, host, command, takenAt }: Lock, now: number) =>
  new PlatformError({
    id: 'environment-locked',
    kind: 'pending',
    message: `${principal} on ${host} has been running "${command}" on ${environment} for ${Math.round((now - takenAt) / 1000)} s`,
    remedy: `wait for it to end and run this again; a lock whose holder died frees itself after ${STALE_AFTER_MS / 1000} s`,
  });

const overtaken = (environment: string) =>
  new PlatformError({
    id: 'environment-overtaken',
    kind: 'failed',
    message: `Somebody has changed ${environment} since this was planned; nothing was changed`,
    remedy: 'run this again: it plans anew',
  });
