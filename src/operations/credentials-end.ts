import type { Session } from '../context.ts';
import { readRelease } from '../release/release-record.ts';
import type { StateAccess } from './state-of.ts';

/** Of a first deployment, whose database alone takes a quarter of an hour. */
const USUAL_MS = 20 * 60_000;

/**
 * Says so when the credentials will not last as long as the newest deployment took (F-30). Only says: many kinds renew
 * themselves, and those that do not leave a deployment that can be picked up.
 */
export async function warnOfEndingCredentials(
  { clock, environment, reporter, target }: Pick<Session, 'clock' | 'environment' | 'reporter' | 'target'>,
  { objects, state }: StateAccess,
): Promise<void> {
  if (target.credentialsEndAt === undefined) return;
  const leftMs = target.credentialsEndAt - clock.now();
  if (leftMs > USUAL_MS) return;
  const newest = state.release && (await readRelease(objects, environment.name, state.release));
  const takesMs = newest ? newest.finishedAt - newest.startedAt : USUAL_MS;
  if (leftMs > takesMs) return;
  reporter.warn(
    `These credentials end in ${inMinutes(leftMs)}, and ${newest ? `the last deployment took ${inMinutes(takesMs)}` : 'a first deployment takes about 20 min'}. Unless they renew themselves, sign in again first: what AWS has begun goes on without them, and nothing further is begun`,
  );
}

const inMinutes = (ms: number): string =>
  ms < 60_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;
