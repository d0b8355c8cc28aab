import type { AwsFault } from './kernel/fault.ts';

/** A failure made on purpose, to be met by calls that fit. */
export interface InjectedFault {
  /** Signing name, for example `ecs`; absent: any. */
  readonly service?: string;
  readonly operation?: string;
  /** So many fitting calls pass first. */
  skip?: number;
  /** So many fitting calls fail; once unless said otherwise. */
  times?: number;
  /**
   * What they meet: an answer of AWS, or a connection that breaks before the work is done (`cut-before`) or after it
   * (`cut-after`), when the client cannot know.
   */
  readonly with: AwsFault | 'cut-before' | 'cut-after';
}

/** The failure that this call meets, if any; counts the call. */
export function meetFault(
  faults: readonly InjectedFault[],
  call: { service: string; operation: string },
): InjectedFault['with'] | undefined {
  for (const fault of faults) {
    if (fault.service !== undefined && fault.service !== call.service) continue;
    if (fault.operation !== undefined && fault.operation !== call.operation) continue;
    if ((fault.times ?? 1) <= 0) continue;
    if ((fault.skip ?? 0) > 0) {
      fault.skip = fault.skip! - 1;
      continue;
    }
    fault.times = (fault.times ?? 1) - 1;
    return fault.with;
  }
  return undefined;
}
