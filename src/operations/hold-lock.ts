import { hostname } from 'node:os';
import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { BEAT_EVERY_MS, type SeenLock, seeLock, takeLock } from '../release/lock.ts';
import { objectsIn, stateBucketName } from '../release/state-bucket.ts';

export interface HeldLock {
  /** Throws `lock-lost` when somebody has broken it since: then nothing more may be changed. */
  check(): void;
  release(): Promise<void>;
}

/** A lock that is taken when the first change is about to be made. */
export interface EnvironmentLock extends HeldLock {
  /** Makes the bucket it lies in, where there is none. Taken already: does nothing. */
  take(): Promise<void>;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>;

/**
 * Looks at the environment's lock and throws `environment-locked` while somebody holds it. A look and a question change
 * nothing: the lock is taken after them, and only if nobody else has held it since.
 */
export async function lazyLock(
  session: Powers,
  { command, commit }: { command: string; commit?: string },
): Promise<EnvironmentLock> {
  const { aws, environment } = session;
  const place = placeOf(session);
  const seen = await seeLock(place);
  let held: HeldLock | undefined;
  return {
    take: async () => {
      if (held) return;
      if ((await aws.s3.bucket(place.bucket)) === undefined)
        await aws.s3.createPrivateBucket(place.bucket, { 'platform:project': environment.project });
      held = await hold(session, seen, { command, ...(commit ? { commit } : {}) });
    },
    check: () => held?.check(),
    release: async () => held?.release(),
  };
}

/** Keeps the lock fresh until it is released. */
async function hold(
  session: Powers,
  seen: SeenLock,
  { command, commit }: { command: string; commit?: string },
): Promise<HeldLock> {
  const { clock, environment, reporter, target } = session;
  const holder = { principal: target.principal, host: hostname(), command, ...(commit ? { commit } : {}) };
  const taken = await takeLock(placeOf(session), holder, seen);
  const stop = new AbortController();
  let lost = false;

  const beating = (async () => {
    while (!stop.signal.aborted && !lost) {
      await clock.sleep(BEAT_EVERY_MS, stop.signal).catch(() => undefined);
      if (!stop.signal.aborted) lost = !(await taken.beat().catch(() => true));
    }
  })();
  return {
    check: () => {
      if (lost) throw lockLost(environment.name);
    },
    release: async () => {
      stop.abort();
      await beating;
      // What was done is done: it must not look failed because of this.
      await taken.release().catch(() => reporter.warn(`the lock of ${environment.name} is left to free itself`));
    },
  };
}

/** Ctrl-C must not keep a lock from being released. */
function placeOf({ aws, clock, environment, target }: Powers) {
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  return {
    bucket,
    objects: objectsIn(aws.uninterrupted().s3, bucket),
    now: () => clock.now(),
    environment: environment.name,
  };
}

const lockLost = (environment: string) =>
  new PlatformError({
    id: 'lock-lost',
    kind: 'failed',
    message: `Somebody else has taken the lock of ${environment} while this deployment ran; it stopped before its next change`,
    remedy: `platform status --env ${environment}, then talk to whoever deploys`,
  });
