import type { FailureId } from '../failure-id.ts';

/** Where a text stood: the same words mean different things in a log and in a stack's events. */
export type TextContext =
  | 'stack-event'
  | 'stopped-reason'
  | 'container-log'
  | 'cli'
  | 'service-event'
  | 'target-health'
  | 'api-error'
  /** One of the last lines of a program that ended or answers nobody: more words mean something than in any log. */
  | 'last-line'
  /** The reason of a resource that keeps its stack from going on: more words mean something than in any event. */
  | 'failed-resource';

/** What is true of the words of the wider place is true in the narrower. */
export const ALSO_IN: Partial<Record<TextContext, TextContext>> = {
  'last-line': 'container-log',
  'failed-resource': 'stack-event',
};

/** Where one failure is met in several ways, which of them the words say. */
export type Manner =
  | 'no-database'
  | 'no-schema-right'
  | 'native-file'
  | 'no-module'
  | 'no-variable'
  | 'refused'
  | 'file-forbidden';

/**
 * A fragment of what AWS or a program writes when this failure is met. AWS wraps the same message in different ways, so
 * a rule looks for its code or for the words that stay, never for the whole sentence. Named groups say what it concerns.
 */
export interface TextRule {
  readonly id: FailureId;
  readonly when: RegExp;
  /** What looks alike and is something else. */
  readonly unless?: RegExp;
  /** Absent: wherever it stands. */
  readonly in?: readonly TextContext[];
  /** What else the same words allow, when nothing but them is known. */
  readonly or?: readonly FailureId[];
  readonly as?: Manner;
}
