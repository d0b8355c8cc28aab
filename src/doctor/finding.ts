import type { Evidence } from '../diagnosis/cause.ts';
import type { FailureId } from '../domain/failure-id.ts';

export type Severity = 'error' | 'warning';

/** What came of one look. Only a sick finding says that something is wrong, and it never does without evidence. */
export type Finding = Healthy | Skipped | Unknown | Sick;

interface Healthy {
  readonly status: 'ok';
  readonly detail: string;
}

/** There is nothing to look at. */
interface Skipped {
  readonly status: 'skipped';
  readonly reason: string;
}

/** Not allowed to look, or no answer in time: neither healthy nor sick. */
interface Unknown {
  readonly status: 'unknown';
  readonly subject?: string;
  readonly reason: string;
  /** As IAM names it. */
  readonly permission?: string;
}

export interface Sick {
  readonly status: 'problem';
  readonly severity: Severity;
  /** What is sick where a check looks at several: `services.web`, `stacks.data`. */
  readonly subject?: string;
  /** One sentence with its values. */
  readonly detail: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** The exact command that leads out, or whom to ask for what. */
  readonly remedy: string;
  /** Of the failure modes; absent for what none of them is about. */
  readonly failure?: FailureId;
  readonly fix?: Fix;
}

/** A repair that `--fix` carries out. What is for people alone (TELL) has none. */
export interface Fix {
  /** AUTO never asks; ASK wants a yes; TYPED the name of the thing. */
  readonly handling: 'AUTO' | 'ASK' | 'TYPED';
  /** Shown before it is begun, and asked: `recreate log group x`. */
  readonly does: string;
  /** The operation asks by itself, once it knows what exactly it is going to do. */
  readonly asks?: boolean;
  apply(): Promise<unknown>;
}

export const ok = (detail: string): Finding => ({ status: 'ok', detail });
export const skipped = (reason: string): Finding => ({ status: 'skipped', reason });
export const sick = (found: Omit<Sick, 'status'>): Sick => ({ status: 'problem', ...found });

export const isError = (finding: Finding): boolean => finding.status === 'problem' && finding.severity === 'error';
