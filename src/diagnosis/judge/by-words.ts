import type { FailureId } from '../../domain/failure-id.ts';
import { judgeText } from '../../domain/texts/judge-text.ts';
import type { Cause, Evidence } from '../cause.ts';
import { failure } from '../failures.ts';
import { certain, type Patient, possible, type TaskEnd } from './patient.ts';

/** What a program can meet that ends it; words of its log about anything else are of something that it tells, not of it. */
const OF_PROGRAMS: ReadonlySet<FailureId> = new Set([
  'F-36',
  'F-50',
  'F-76',
  'F-78',
  'F-79',
  'F-80',
  'F-81',
  'F-82',
  'F-83',
  'F-84',
  'F-88',
  'F-89',
  'F-90',
  'F-103',
]);

/** A known failure that the last lines of a program name, when nothing narrower is known of them; searched from the end. */
export function judgeLastWords(
  patient: Patient,
  { lines, code, read }: { lines: readonly string[]; code: Evidence; read: (line: string) => Evidence },
): Cause | undefined {
  for (const line of lines.toReversed()) {
    const verdict = judgeText(line, 'last-line').find(({ id, open }) => !open && OF_PROGRAMS.has(id));
    if (verdict) return certain(patient, byTitle(patient, verdict.id), [code, read(line)]);
  }
  return undefined;
}

/** What the words of ECS may mean that are of no family which is looked into further. */
export const judgeUnfamiliar = (patient: Patient, { reason, said }: TaskEnd): Cause[] =>
  judgeText(reason, 'stopped-reason')
    .filter(({ id }) => !NEVER_BEHIND.has(id))
    .map(({ id }) => possible(patient, byTitle(patient, id), [said]));

/** That tasks failed is no cause of their failing. */
const NEVER_BEHIND: ReadonlySet<FailureId> = new Set(['F-13', 'F-52', 'F-53']);

const byTitle = ({ logs }: Patient, id: FailureId) => ({
  id,
  what: failure(id).title,
  remedy: `${logs} shows more`,
  recurs: 'maybe' as const,
});
