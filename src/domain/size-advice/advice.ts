/** What a size should be, by what was measured; nothing is ever changed by it. */
export interface Advice {
  /** `too-little`: not enough was measured to say anything. */
  verdict: 'smaller' | 'larger' | 'fits' | 'too-little';
  /** What to write instead, by the name of the field; null where it stays. */
  suggested: Readonly<Record<string, number | string>> | null;
  why: string;
}

export const tooLittle = (why: string): Advice => ({ verdict: 'too-little', suggested: null, why });
export const fits = (why: string): Advice => ({ verdict: 'fits', suggested: null, why });

/** The value that so many of a hundred are not above; of none it is 0. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** Hours that something has to be measured before it is judged: three days, so that a night is not taken for the week. */
export const ENOUGH_HOURS = 72;

export const shownPercent = (value: number): string => `${Math.round(value * 10) / 10} %`;
