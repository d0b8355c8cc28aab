/** What Lambda's context says of time. */
export interface Deadline {
  getRemainingTimeInMillis(): number;
}

/** Kept free for writing down what was done. */
const LAST_WORDS_MS = 2_000;
/** No further batch begins with less than this, or than a quarter of the time there was. */
const RESERVE_MS = 10_000;

/** Work is bounded by the time that Lambda gives: what does not end by itself is stopped at it without a word. */
export function timeLeft(context: Deadline): { hasTime: () => boolean; signal: AbortSignal } {
  const whole = context.getRemainingTimeInMillis();
  const reserve = Math.min(RESERVE_MS, whole / 4);
  return {
    hasTime: () => context.getRemainingTimeInMillis() > reserve,
    signal: AbortSignal.timeout(Math.max(1, Math.floor(whole - Math.min(LAST_WORDS_MS, whole / 10)))),
  };
}
