import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../context.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // The timer's own AbortError says less than the reason it was aborted for.
      throw signal?.aborted ? signal.reason : error;
    }
  },
};
