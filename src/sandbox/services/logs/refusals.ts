import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';
import { page } from '../page.ts';

export const invalidParameter = (message: string) => new AwsFault('InvalidParameterException', message);

export const groupMissing = () => new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');

export const streamMissing = () =>
  new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.');

export const limitExceeded = (message = 'Resource limit exceeded.') => new AwsFault('LimitExceededException', message);

export function requireValid(...members: Constrained[]): void {
  const complaint = violation(members);
  if (complaint) throw invalidParameter(complaint);
}

export const invalidToken = (): never => {
  throw invalidParameter('The specified nextToken is invalid.');
};

/** A page as Logs answers it. */
export function pageOf<T>(items: readonly T[], size: number, token: string | undefined) {
  const { items: some, next } = page(items, { size, token, refuse: invalidToken });
  return { items: some, end: next === undefined ? {} : { nextToken: next } };
}
