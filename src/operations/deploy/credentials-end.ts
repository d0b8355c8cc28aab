import type { Session } from '../../context.ts';
import { durationText } from '../../domain/duration.ts';
import { readRelease } from '../../release/release-record.ts';
import type { StateAccess } from '../state-of.ts';

/** Of a first deployment, whose database alone takes a quarter of an hour. */
const USUAL_MS = 20 * 60_000;

/**
 * Says so when the credentials will not last as long as the newest deployment took (F-30). Only says: many kinds renew
 * themselves, and those that do not leave a deployment that can be picked up.
 */
export async function warnOfEndingCredentials(
  session: Pick<Session, 'clock' | 'environment' | 'reporter' | 'target'>,
  access: StateAccess,
): Promise<void> {
  const ending = await endingCredentials(session, access);
  if (!ending) return;
  session.reporter.warn(
    `${ending}. Unless they renew themselves, sign in again first: what AWS has begun goes on without them, and nothing further is begun`,
  );
}

/** How much sooner than a deployment the credentials end; undefined when they last, or do not say. */
export async function endingCredentials(
  { clock, environment, target }: Pick<Session, 'clock' | 'environment' | 'target'>,
  { objects, state }: StateAccess,
): Promise<string | undefined> {
  if (target.credentialsEndAt === undefined) return undefined;
  const leftMs = target.credentialsEndAt - clock.now();
  if (leftMs > USUAL_MS) return undefined;
  const newest = state.release && (await readRelease(objects, environment.name, state.release));
  const takesMs = newest ? newest.finishedAt - newest.startedAt : USUAL_MS;
  if (leftMs > takesMs) return undefined;
  return `These credentials end in ${durationText(leftMs)}, and ${newest ? `the last deployment took ${durationText(takesMs)}` : 'a first deployment takes about 20 min'}`;
}
