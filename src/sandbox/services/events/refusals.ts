import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';
import { page } from '../page.ts';

export const invalid = (message: string) => new AwsFault('ValidationException', message);

export const notFound = (message: string) => new AwsFault('ResourceNotFoundException', message);

export const alreadyExists = (message: string) => new AwsFault('ResourceAlreadyExistsException', message);

export const limitExceeded = () =>
  new AwsFault('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');

export function requireValid(...members: Constrained[]): void {
  const complaint = violation(members);
  if (complaint) throw invalid(complaint);
}

/** A page as EventBridge answers it: 100 items unless asked otherwise. */
export function pageOf<T>(
  items: readonly T[],
  { Limit, NextToken }: { Limit?: number | undefined; NextToken?: string | undefined },
) {
  requireValid(['limit', Limit, { range: [1, 100] }]);
  const { items: some, next } = page(items, {
    size: Limit ?? 100,
    token: NextToken,
    refuse: () => {
      throw invalid('Parameter NextToken is not valid.');
    },
  });
  return { items: some, end: next === undefined ? {} : { NextToken: next } };
}
