/**
 * Virtual time. `now` runs only while something is under way and stands still otherwise, so an hour of evidence does
 * not vanish while a person thinks; it decides durations, lifetimes and timers. `stamp` is what answers show: the real
 * clock, strictly rising, because clients compare it with their own (toolkit-lib drops events older than its start).
 */
export class Clock {
  #now: number;
  #lastStamp = 0;

  constructor(now = 0) {
    this.#now = now;
  }

  /** Virtual milliseconds since this sandbox began. */
  now(): number {
    return this.#now;
  }

  /** Real milliseconds since 1970, never the same twice. */
  stamp(): number {
    this.#lastStamp = Math.max(this.#lastStamp + 1, Date.now());
    return this.#lastStamp;
  }

  /** Real milliseconds by which the last stamp is ahead of the real clock: many at once have to rise all the same. */
  aheadMs(): number {
    return Math.max(0, this.#lastStamp - Date.now());
  }

  /** Only the world moves time, and only forwards. */
  moveTo(now: number): void {
    this.#now = Math.max(this.#now, now);
  }
}
