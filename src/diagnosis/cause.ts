import type { FailureId } from '../domain/failure-id.ts';

/** One thing that was read: which call, which field of its answer, and what stood there. */
export interface Evidence {
  /** As IAM names it, `ecs:DescribeTasks`; of a program on this machine its command, `docker version`. */
  readonly call: string;
  /** The field, `tasks[0].stoppedReason`. */
  readonly read: string;
  /** What stood there: bounded, without escapes, no secret in it (`shown-evidence.ts`). */
  readonly value: string;
}

interface Named {
  readonly id: FailureId;
  /** What is sick, as platform.yaml calls it: `services.web`, `secrets.app`; of a stack `stacks.data`. */
  readonly subject: string;
  /** One sentence with its values: what is wrong. */
  readonly what: string;
  /** The exact command that leads out, or whom to ask for what. */
  readonly remedy: string;
  /**
   * Whether the next attempt meets the same. `always`: a key that is missing stays missing, one attempt proves it.
   * `passing`: capacity, throttling; waiting is the remedy. `maybe`: seen twice it is taken for lasting.
   */
  readonly recurs: 'always' | 'maybe' | 'passing';
}

/**
 * @public
 * What is behind a symptom. A cause that nothing was read for can only ever be possible. */
export type Cause = Named &
  (
    | { readonly certainty: 'certain'; readonly evidence: readonly [Evidence, ...Evidence[]] }
    | { readonly certainty: 'possible'; readonly evidence: readonly Evidence[] }
  );

/** Something that could not be looked at, so that nothing is known of it either way. */
export interface Unseen {
  /** What was to be looked at: `the keys of secret prod/app`. */
  readonly what: string;
  /** The permission that is missing, as IAM names it; absent: there was no answer in time. */
  readonly permission?: string;
  readonly reason: string;
}

/**
 * What came of looking at one sick thing.
 * @public
 */
export interface Diagnosis {
  /** The likeliest first; empty: nothing that is known explains it. */
  readonly causes: readonly Cause[];
  readonly unseen: readonly Unseen[];
}
