const LONGEST_MS = 27 * 60_000;

/**
 * How long the scheduler waits before the next start after so many failures in a row: no wait at first, then longer
 * and longer, up to 27 minutes.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html gives the longest wait; the
 * steps up to it are not documented.
 */
export const restartDelayMs = (streak: number): number =>
  streak <= 3 ? 0 : Math.min(LONGEST_MS, 30_000 * 2 ** (streak - 4));

/** After so many failures a service that nobody waits for no longer makes time run. */
export const GIVEN_UP_STREAK = 10;
/** Then at least this passes between two starts, so that looks for other reasons start nothing. */
export const GIVEN_UP_HOLD_MS = 30_000;
