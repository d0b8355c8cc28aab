import { CASES } from './all-cases.ts';
import { RECORDINGS } from './recordings.ts';
import { DIFFERENT_UPDATES } from './update-cases.ts';

export interface ResultRow {
  recording: string;
  date: string;
  answers: number;
  result: 'different' | 'equal' | 'not simulated';
  reason?: string;
}

/** One row for each recorded case. That they are true is what the tests beside this file hold. */
export function resultRows(): ResultRow[] {
  return Object.entries(RECORDINGS).map(([recording, [date, answers]]) => ({
    recording,
    date,
    answers,
    ...resultOf(recording),
  }));
}

function resultOf(recording: string): Pick<ResultRow, 'reason' | 'result'> {
  const each = CASES[recording];
  const otherwise = DIFFERENT_UPDATES[recording];
  if (otherwise !== undefined) return { result: 'different', reason: otherwise };
  if (each === undefined || 'run' in each) return { result: 'equal' };
  return 'different' in each
    ? { result: 'different', reason: each.different }
    : { result: 'not simulated', reason: each.notSimulated };
}

export function counted(rows: readonly ResultRow[]) {
  const count = (result: ResultRow['result']) => rows.filter((row) => row.result === result).length;
  return { equal: count('equal'), different: count('different'), absent: count('not simulated'), all: rows.length };
}
