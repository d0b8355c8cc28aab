const FIRST_SECONDS = 5;
const MOST_SECONDS = 15 * 60;

/**
 * Seconds until an event is tried again that was refused so many times: 5, 10, 20 … to a quarter of an hour, so that
 * ten attempts last half an hour at least. No jitter: events of a batch that failed together are published together.
 */
export const backoffSeconds = (refusals: number): number =>
  Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** Math.min(Math.max(refusals, 1) - 1, 20));
