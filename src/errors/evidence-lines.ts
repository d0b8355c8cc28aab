import type { Problem } from './problem.ts';

/** What was read as it stood there: lists and numbers are JSON already. */
const shown = (value: string): string =>
  value === 'absent' || /^(\[.*\]|\{.*\}|-?\d+|true|false)$/s.test(value) ? value : JSON.stringify(value);

/** Where something was read, for people: the call, the field, and what stood there. */
export const evidenceLines = (evidence: Problem['evidence'] = [], indent = '  '): string[] =>
  evidence.map(({ call, read, value }) => `${indent}read: ${call} ${read} = ${shown(value)}`);
