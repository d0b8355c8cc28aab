import type { Context } from '../context.ts';
import { ENDS_EVERYTHING, PlatformError } from '../errors/platform-error.ts';
import type { Unseen } from './cause.ts';

/** What came of a look. What we may not see, and what did not answer, is neither there nor absent. */
export type Look<T> =
  | { readonly state: 'found'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unseen'; readonly unseen: Unseen };

export interface LookAt {
  /** For people: `the keys of secret prod/app`. */
  what: string;
  /** As IAM names it, which is also the permission that it takes. */
  call: string;
  /** Real milliseconds; many things are looked at, and none of them may hold up the others. */
  forMs?: number;
}

const LOOK_MS = 8_000;

/**
 * Looks at one thing, bounded in time. `undefined` is AWS saying that it is not there; a missing permission, a throttled
 * or lost call, and no answer in time become `unseen`. Only what ends every command is thrown on, and our own bugs.
 */
export async function look<T>(
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
  { what, call, forMs = LOOK_MS }: LookAt,
  work: () => Promise<T | undefined>,
): Promise<Look<T>> {
  const over = new AbortController();
  const late = clock.sleep(forMs, AbortSignal.any([over.signal, signal])).then(
    (): Look<T> => unseen({ what, reason: `${call} gave no answer within ${Math.round(forMs / 1000)} s` }),
    (): Promise<Look<T>> => new Promise(() => {}),
  );
  try {
    return await Promise.race([work().then(found), late]);
  } catch (error) {
    if (!(error instanceof PlatformError) || ENDS_EVERYTHING.includes(error.id)) throw error;
    // One look may take several calls, of which AWS refuses one.
    const denied = error.id === 'aws-access-denied' && { permission: String(error.details?.action ?? call) };
    return unseen({ what, reason: error.message, ...denied });
  } finally {
    over.abort();
  }
}

const found = <T>(value: T | undefined): Look<T> =>
  value === undefined ? { state: 'absent' } : { state: 'found', value };

const unseen = (one: Unseen) => ({ state: 'unseen' as const, unseen: one });

/** What was found, or undefined when it is absent or could not be seen. */
export const seen = <T>(one: Look<T>): T | undefined => (one.state === 'found' ? one.value : undefined);

/** What of these could not be looked at. */
export const unseenOf = (looks: readonly Look<unknown>[]): Unseen[] =>
  looks.flatMap((one) => (one.state === 'unseen' ? [one.unseen] : []));
