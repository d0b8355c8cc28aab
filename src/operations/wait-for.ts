import type { Clock } from '../context.ts';

export interface Waiting {
  clock: Clock;
  /** Milliseconds between looks. */
  everyMs: number;
  /** Milliseconds after which nobody waits any more; absent: as long as it takes. */
  forMs?: number;
  /** Aborted: rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Looks until there is an answer, and gives it; undefined when time ran out first. Our own loop instead of the SDK's
 * waiters: those know no progress, no early verdict, and sleep in real time.
 */
export async function waitFor<T>(
  { clock, everyMs, forMs = Number.POSITIVE_INFINITY, signal }: Waiting,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = clock.now() + forMs;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (clock.now() >= until) return undefined;
    await clock.sleep(everyMs, signal);
  }
}
