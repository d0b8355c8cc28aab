import type { FailureId } from './cause.ts';

/** Where a text stood: the same words mean different things in a log and in a stack's events. */
export type TextContext =
  | 'stack-event'
  | 'stopped-reason'
  | 'container-log'
  | 'cli'
  | 'service-event'
  | 'target-health'
  | 'api-error';

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
}
