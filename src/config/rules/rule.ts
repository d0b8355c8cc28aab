import type { Blocks } from '../blocks.ts';
import type { DeclaredEnvironment } from '../file.ts';
import type { Kind } from '../kinds.ts';
import type { FoundReference } from '../text-references.ts';
import type { ValuePath } from '../value-path.ts';

/** What a rule may look at: one environment, fully defaulted, and facts that its blocks do not hold. */
export interface RuleContext {
  environment: string;
  kind: Kind;
  /** What the file says of the environment beside its blocks. */
  declared: DeclaredEnvironment;
  /** Nothing real is at stake on the sandbox. */
  sandboxed: boolean;
  account?: string;
  region: string;
  blocks: Blocks;
  references: readonly FoundReference[];
  /** How far paths may reach, and where they start. */
  root: string;
  gitRoot?: string;
  /** For what has an end date. */
  today: Date;
}

export interface Finding {
  /** From the environment's blocks, `['services', 'web', 'memory']`, or from the file: `['environments', …]`. */
  path: ValuePath;
  message: string;
  remedy: string;
  /** When they differ from the rule's own. */
  severity?: Severity;
  failure?: string;
}

export type Severity = 'error' | 'warning';

export interface Rule {
  /** Stable: waivers name it. */
  id: string;
  /** What holds when the rule is kept. */
  title: string;
  /** Kinds that are not named are not judged. */
  severity: Severity | Partial<Record<Kind, Severity>>;
  /** What AWS would otherwise refuse later: its entry in docs/failures.md. */
  failure?: string;
  /** Whether it can be waived; only what cannot be built at all is not. */
  waivable?: false;
  check(context: RuleContext): Iterable<Finding>;
}

export const PROD_ERROR: Rule['severity'] = { prod: 'error' };
export const PROD_WARNING: Rule['severity'] = { prod: 'warning' };
