import type { FailureId } from '../domain/failure-id.ts';

/** When the first look can know: before anything is changed, while deploying, afterwards, while deleting. */
export type Stage = 'pre' | 'dep' | 'run' | 'del';

/**
 * What may be done about it: unasked, after a yes, after its name was typed, or never by us. The strongest that any part
 * of its way out takes; where waiting is the first part, it is done unasked all the same.
 */
export type Handling = 'AUTO' | 'ASK' | 'TYPED' | 'TELL';

/** One way in which deploying or running goes wrong, as people meet it. */
export interface Failure {
  readonly id: FailureId;
  readonly stage: Stage;
  readonly handling: Handling;
  /** What is wrong, in words that are true whenever it is. */
  readonly title: string;
  /** Why nothing detects it yet; absent: something does. */
  readonly notYet?: string;
  /** Why `platform sandbox break` has no scenario of it; absent: it has one, or is not built yet. */
  readonly noScenario?: string;
}
