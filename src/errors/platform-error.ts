import type { Problem } from './problem.ts';

/** One exit code per thing a script can usefully do next; documented in `platform help exit-codes`. */
export const EXIT = { failed: 1, usage: 2, credentials: 4, declined: 5, pending: 8, bug: 70 } as const;

export interface ErrorParts {
  /** Stable, greppable, never reused: `ecs-service-missing`. */
  id: string;
  /** What is not a `PlatformError` is a bug, so nobody may claim to be one. */
  kind: Exclude<keyof typeof EXIT, 'bug'>;
  /** What happened, with the value that was wrong: a sentence without a full stop. */
  message: string;
  /** What to do next, ideally a command that can be pasted. */
  remedy: string;
  /** Everything that is wrong at once, when one message cannot say it. */
  problems?: readonly Problem[];
  /** What was found out about it, line by line, shown before the message; for scripts the same stands in `details`. */
  findings?: readonly string[];
  /** What a script wants beyond the text: `details` of the error in the `--json` document. */
  details?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** Nobody answers, or nobody answers us: whatever else is asked meets the same. */
export const ENDS_EVERYTHING: readonly string[] = ['aws-session-expired', 'aws-keys-unknown', 'aws-unreachable'];

/** The one error class: `kind` decides the exit code, `id` identifies, `remedy` says what to type next. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly id: string;
  readonly kind: ErrorParts['kind'];
  readonly remedy: string;
  readonly problems: readonly Problem[];
  readonly details: ErrorParts['details'];
  readonly findings: readonly string[];

  constructor({ id, kind, message, remedy, problems = [], details, findings = [], cause }: ErrorParts) {
    super(message, cause === undefined ? undefined : { cause });
    this.id = id;
    this.kind = kind;
    this.remedy = remedy;
    this.problems = problems;
    this.details = details;
    this.findings = findings;
  }

  /** The same error, with what was found out about it meanwhile. */
  with(changes: Partial<Omit<ErrorParts, 'id' | 'kind' | 'cause'>>): PlatformError {
    const { kind, message, remedy, problems, details, findings, cause } = this;
    return new PlatformError({
      ...{ id: this.id, kind, message, remedy, problems, details, findings, cause },
      ...changes,
    });
  }

  get exitCode(): number {
    return EXIT[this.kind];
  }
}
