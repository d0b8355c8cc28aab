import { hostname } from 'node:os';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isAlive, ownProcess } from '../../process/process-identity.ts';
import {
  BEAT_EVERY_MS,
  type CancelRequest,
  type LockHolder,
  type LockPlace,
  type SeenLock,
  STALE_AFTER_MS,
  seeLock,
  type TakenLock,
  takeLock,
} from '../../release/lock.ts';
import { objectsIn, stateBucketName } from '../../release/state-bucket.ts';

export interface HeldLock {
  /** Throws `lock-lost` when somebody has broken it since, and `deploy-cancelled-by` when somebody asked for that. */
  check(): void;
  /** The same after a look at the lock itself: before a change that should not be one too many. */
  confirm(): Promise<void>;
  /**
   * Does what takes long without a change of ours between: looks at the lock all the while, and aborts the signal with
   * what `check` throws as soon as there is a reason.
   */
  heed<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  release(): Promise<void>;
}

/** Milliseconds between two looks at a lock that is heeded: each is a GET. */
const LOOK_EVERY_MS = 2_000;
const LOOK_ON_SANDBOX_MS = 300;

/** A lock that is taken when the first change is about to be made. */
export interface EnvironmentLock extends HeldLock {
  /** Makes the bucket it lies in, where there is none. Taken already: does nothing. */
  take(): Promise<void>;
  taken(): boolean;
  /**
   * An error that says so when somebody has asked for a cancellation, with what came of it here; undefined also when that
   * cannot be told.
   */
  cancelled(because: unknown): Promise<PlatformError | undefined>;
}

export type LockPowers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>;
type Purpose = Pick<LockHolder, 'command' | 'commit'>;

/**
 * Looks at the environment's lock and throws `environment-locked` while somebody holds it. A look and a question change
 * nothing: the lock is taken after them, and only if nobody else has held it since.
 */
export async function lazyLock(session: LockPowers, purpose: Purpose): Promise<EnvironmentLock> {
  const { aws, environment } = session;
  const place = lockPlace(session);
  const seen = await seeLock(place);
  let held: HeldLock | undefined;
  return {
    take: async () => {
      if (held) return;
      if ((await aws.s3.bucket(place.bucket)) === undefined)
        await aws.s3.createPrivateBucket(place.bucket, { 'platform:project': environment.project });
      held = await hold(session, seen, purpose);
    },
    taken: () => held !== undefined,
    cancelled: async (because) =>
      held?.confirm().then(
        () => undefined,
        (error: unknown) => {
          if (!(error instanceof PlatformError) || error.id !== 'deploy-cancelled-by') return undefined;
          const details = because instanceof PlatformError && because.id !== error.id ? because.details : undefined;
          return details ? withDetails(error, details, because) : error;
        },
      ),
    check: () => held?.check(),
    confirm: async () => held?.confirm(),
    // Nobody can leave word in a lock that was not taken.
    heed: (work) => (held ? held.heed(work) : work(new AbortController().signal)),
    release: async () => held?.release(),
  };
}

/** Does what waits with a session that a word left in the lock wakes, as Ctrl-C does. */
export const heeding = <S extends Pick<Session, 'signal'>, T>(
  session: S,
  lock: Pick<HeldLock, 'heed'>,
  work: (session: S) => Promise<T>,
): Promise<T> => lock.heed((cancelled) => work({ ...session, signal: AbortSignal.any([session.signal, cancelled]) }));

async function hold(session: LockPowers, seen: SeenLock, purpose: Purpose): Promise<HeldLock> {
  const taken = await takeLock(lockPlace(session), holderOf(session, purpose), seen);
  return keepHeld(session, taken, () => lockLost(session.environment.name));
}

/** Keeps a lock fresh until it is released. */
export function keepHeld(
  { clock, environment, reporter, target }: Pick<LockPowers, 'clock' | 'environment' | 'reporter' | 'target'>,
  taken: TakenLock,
  wasLost: () => PlatformError,
): HeldLock {
  const stop = new AbortController();
  let lost = false;
  let beatenAt = clock.now();
  /** Why nothing further may be done; undefined while all is well. */
  const word = (): PlatformError | undefined => {
    // Beats that do not get through are no beats: somebody else may have broken the lock meanwhile.
    if (lost || clock.now() - beatenAt > STALE_AFTER_MS) return wasLost();
    const cancel = taken.cancelled();
    return cancel && cancelledBy(environment.name, cancel);
  };
  const beat = async () => {
    lost ||= !(await taken.beat());
    beatenAt = clock.now();
  };
  const check = () => {
    const said = word();
    if (said) throw said;
  };

  const every = async (ms: number, signal: AbortSignal, act: () => Promise<unknown>) => {
    while (!signal.aborted && !lost) {
      await clock.sleep(ms, signal).catch(() => undefined);
      // What does not come through now is tried again; too long, and it is `wasLost`.
      if (!signal.aborted) await act().catch(() => undefined);
    }
  };
  const beating = every(BEAT_EVERY_MS, stop.signal, beat);
  return {
    check,
    confirm: async () => {
      await beat();
      check();
    },
    heed: async (work) => {
      const done = new AbortController();
      const ended = new AbortController();
      const looking = every(target.sandbox ? LOOK_ON_SANDBOX_MS : LOOK_EVERY_MS, done.signal, async () => {
        lost ||= !(await taken.look());
        const said = word();
        if (said && !ended.signal.aborted) ended.abort(said);
      });
      try {
        return await work(ended.signal);
      } finally {
        done.abort();
        await looking;
      }
    },
    release: async () => {
      stop.abort();
      await beating;
      // What was done is done: it must not look failed because of this.
      await taken.release().catch(() => reporter.warn(`the lock of ${environment.name} is left to free itself`));
    },
  };
}

export const holderOf = ({ target }: Pick<Session, 'target'>, { command, commit }: Purpose): LockHolder => ({
  principal: target.principal,
  host: hostname(),
  command,
  ...(commit ? { commit } : {}),
  process: ownProcess(),
});

/** Where the environment's locks lie. Ctrl-C must not keep one from being released. */
export function lockPlace({ aws, clock, environment, target }: Omit<LockPowers, 'reporter'>): LockPlace & {
  bucket: string;
} {
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  return {
    bucket,
    objects: objectsIn(aws.uninterrupted().s3, bucket),
    now: () => clock.now(),
    environment: environment.name,
    isAlive,
  };
}

const lockLost = (environment: string) =>
  new PlatformError({
    id: 'lock-lost',
    kind: 'failed',
    message: `Somebody else has taken the lock of ${environment} while this ran; it stopped before its next change`,
    remedy: `platform status --env ${environment}, then talk to whoever has it`,
  });

const withDetails = (
  { id, kind, message, remedy }: PlatformError,
  details: NonNullable<PlatformError['details']>,
  cause: unknown,
) => new PlatformError({ id, kind, message, remedy, details, cause });

const cancelledBy = (environment: string, { principal, host }: CancelRequest) =>
  new PlatformError({
    id: 'deploy-cancelled-by',
    kind: 'failed',
    message: `${principal} on ${host} has cancelled what ran on ${environment}; it stopped before its next change`,
    remedy: `platform status --env ${environment} shows how things stand; then run this again, or deploy`,
  });
