/** A call to AWS, told from others like it by how many came before it. */
export interface CallPoint {
  service: string;
  operation: string;
  /** From 1: the n-th call of this operation. */
  nth: number;
  /** `before` it does anything, or `after`, when it is done and nobody has been told. */
  moment: 'before' | 'after';
}

interface Called {
  readonly service: string;
  readonly operation: string;
}

/** AssumeRole hands out keys and changes nothing. */
const READS = /^(Describe|Get|Head|List|BatchGet|AssumeRole|Filter|Simulate)/;

export const changesSomething = ({ operation }: Called): boolean => !READS.test(operation);

/**
 * Where a run can be cut off: before and after every call that changes something, and before the first and after the
 * last call of every operation that reads.
 */
export function callPoints(calls: readonly Called[]): CallPoint[] {
  const counts = new Map<string, number>();
  const numbered = calls.map((call) => {
    const name = `${call.service}:${call.operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return { service: call.service, operation: call.operation, nth: counts.get(name)! };
  });
  return numbered.flatMap((call): CallPoint[] => {
    const last = counts.get(`${call.service}:${call.operation}`) === call.nth;
    if (changesSomething(call))
      return [
        { ...call, moment: 'before' },
        { ...call, moment: 'after' },
      ];
    return [
      ...(call.nth === 1 ? [{ ...call, moment: 'before' as const }] : []),
      ...(last ? [{ ...call, moment: 'after' as const }] : []),
    ];
  });
}

export const pointText = ({ service, operation, nth, moment }: CallPoint): string =>
  `${moment} ${service}:${operation} #${nth}`;
