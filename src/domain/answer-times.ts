import { percentile } from './size-advice/advice.ts';

/** What came back of many requests, in milliseconds. */
export interface AnswerTimes {
  p50: number;
  p95: number;
  p99: number;
  most: number;
}

/** Null where nothing was answered. */
export function answerTimes(milliseconds: readonly number[]): AnswerTimes | null {
  if (milliseconds.length === 0) return null;
  return {
    p50: percentile(milliseconds, 50),
    p95: percentile(milliseconds, 95),
    p99: percentile(milliseconds, 99),
    most: percentile(milliseconds, 100),
  };
}
