import type { Finding } from './finding.ts';
import type { Scene } from './scene.ts';

/** In the order of the report. */
export const GROUPS = ['this machine', 'the account', 'the environment', 'its services', 'its data'] as const;
export type Group = (typeof GROUPS)[number];

/** Looks and never touches. */
export interface Check {
  /** Stable: used by `--only` and in JSON output. */
  readonly id: string;
  /** States the healthy fact, so that a tick reads as true and a cross as false. */
  readonly title: string;
  readonly group: Group;
  /** Ids that must not be sick; otherwise this check is skipped instead of failing for the same cause. */
  readonly needs?: readonly string[];
  /** With these findings what needs this check is looked at all the same: it may be well, or sick by itself. */
  bearable?(findings: readonly Finding[]): boolean;
  /** Only when it is asked for: `--account`, `--exec`. */
  readonly on?: 'account' | 'exec';
  /** Longer than most checks take, in milliseconds. */
  readonly forMs?: number;
  /** One finding, or one for each thing that is sick or could not be seen. `say`: what it is waiting for. */
  run(scene: Scene, say: (waitingFor: string) => void): Promise<Finding | readonly Finding[]>;
}
