/** Work that time will bring. */
export interface TimerRow {
  at: number;
  order: number;
  kind: string;
  account: string;
  region: string;
  background: boolean;
  payload: unknown;
}

/** Of those that are due at once, the one that was set first. */
export const earliest = (timers: [string, TimerRow][]): [string, TimerRow] | undefined =>
  timers.reduce<[string, TimerRow] | undefined>(
    (first, timer) =>
      !first || timer[1].at < first[1].at || (timer[1].at === first[1].at && timer[1].order < first[1].order)
        ? timer
        : first,
    undefined,
  );
