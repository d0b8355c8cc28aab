import { describe, expect, it } from 'vitest';
import type { Clock } from '../context.ts';
import { waitFor } from './wait-for.ts';

/** Time that passes only while somebody sleeps. */
function steppedClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

describe('waitFor', () => {
  it('looks at once, and gives the first answer', async () => {
    const clock = steppedClock();
    const answers = [undefined, undefined, 'done', 'too late'];
    expect(await waitFor({ clock, everyMs: 10 }, async () => answers.shift())).toBe('done');
    expect(clock.now()).toBe(20);
  });

  it('takes false and 0 for answers', async () => {
    expect(await waitFor({ clock: steppedClock(), everyMs: 10 }, async () => 0)).toBe(0);
    expect(await waitFor({ clock: steppedClock(), everyMs: 10 }, async () => false)).toBe(false);
  });

  it('gives up when time ran out, after a last look', async () => {
    let looks = 0;
    const clock = steppedClock();
    const look = async () => {
      looks += 1;
      return undefined;
    };
    expect(await waitFor({ clock, everyMs: 10, forMs: 25 }, look)).toBeUndefined();
    expect([looks, clock.now()]).toEqual([4, 30]);
  });

  it('stops when its signal says so', async () => {
    const stop = new AbortController();
    const look = async () => void stop.abort(new Error('enough'));
    await expect(waitFor({ clock: steppedClock(), everyMs: 10, signal: stop.signal }, look)).rejects.toThrow('enough');
  });
});
