import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type Lock, STALE_AFTER_MS, takeLock } from '../../release/lock.ts';
import { type HeldLock, holderOf, keepHeld, type LockPowers, lockPlace } from '../locks/hold-lock.ts';
import { waitFor } from '../wait-for.ts';

/**
 * The lock of an environment's database schema, beside the lock of its stacks: two migrations never run at once (F-88),
 * whether people or deployments start them. Waits up to `waitMs` for whoever holds it, then throws `migration-locked`.
 */
export async function holdMigrationLock(
  session: LockPowers & Pick<Session, 'signal'>,
  { command, commit, waitMs }: { command: string; commit?: string; waitMs: number },
): Promise<HeldLock> {
  const { aws, clock, environment, reporter, signal, target } = session;
  const place = migrationLockPlace(session);
  if ((await aws.s3.bucket(place.bucket)) === undefined)
    await aws.s3.createPrivateBucket(place.bucket, { 'platform:project': environment.project });

  let refusal: PlatformError | undefined;
  const take = async () => {
    try {
      return await takeLock(place, holderOf(session, { command, ...(commit ? { commit } : {}) }));
    } catch (error) {
      if (!(error instanceof PlatformError) || error.id !== 'migration-locked') throw error;
      refusal = error;
      return undefined;
    }
  };
  const first = await take();
  const taken =
    first ??
    (waitMs > 0
      ? await reporter.step('Waiting for the migration that runs', (update) =>
          waitFor({ clock, everyMs: target.pollMs, forMs: waitMs, signal }, () => {
            update(refusal!.message);
            return take();
          }),
        )
      : undefined);
  if (!taken) throw refusal!;
  return keepHeld(session, taken, () => migrationLockLost(environment.name));
}

export const migrationLockPlace = (session: Parameters<typeof lockPlace>[0]): ReturnType<typeof lockPlace> => ({
  ...lockPlace(session),
  name: 'migration-lock',
  refusal: (lock: Lock, now: number) => locked(session.environment.name, lock, now),
});

const locked = (environment: string, { principal, host, command, takenAt }: Lock, now: number) =>
  new PlatformError({
    id: 'migration-locked',
    kind: 'pending',
    message: `${principal} on ${host} has been migrating ${environment} with "${command}" for ${Math.round((now - takenAt) / 1000)} s`,
    remedy: `platform migrate --wait 30m waits for it; the lock of a holder who died frees itself after ${STALE_AFTER_MS / 1000} s`,
  });

const migrationLockLost = (environment: string) =>
  new PlatformError({
    id: 'migration-lock-lost',
    kind: 'failed',
    message: `Somebody else has taken the migration lock of ${environment} while this ran; it stopped before its next step`,
    remedy: `platform logs migrations --env ${environment} shows what ran, then talk to whoever migrates`,
  });
