import { hostname } from 'node:os';
import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { BEAT_EVERY_MS, takeLock } from '../release/lock.ts';
import type { ObjectStore } from '../release/state-bucket.ts';

export interface HeldLock {
  /** Throws `lock-lost` when somebody has broken it since: then nothing more may be changed. */
  check(): void;
  release(): Promise<void>;
}

/** Takes the environment's lock and keeps it fresh until it is released. */
export async function holdLock(
  { clock, environment, target }: Pick<Session, 'clock' | 'environment' | 'target'>,
  objects: ObjectStore,
  { command, commit }: { command: string; commit?: string },
): Promise<HeldLock> {
  const holder = { principal: target.principal, host: hostname(), command, ...(commit ? { commit } : {}) };
  const taken = await takeLock({ objects, now: () => clock.now(), environment: environment.name }, holder);
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
      await taken.release();
    },
  };
}

const lockLost = (environment: string) =>
  new PlatformError({
    id: 'lock-lost',
    kind: 'failed',
    message: `Somebody else has taken the lock of ${environment} while this deployment ran; it stopped before its next change`,
    remedy: `platform status --env ${environment}, then talk to whoever deploys`,
  });
