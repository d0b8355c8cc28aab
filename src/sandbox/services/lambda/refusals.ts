import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';
import { page } from '../page.ts';

const user = { fields: { Type: 'User' } };

export const invalidParameter = (message: string) => new AwsFault('InvalidParameterValueException', message, user);
export const validation = (message: string) => new AwsFault('ValidationException', message, { status: 400 });
export const notFound = (message: string) => new AwsFault('ResourceNotFoundException', message, user);
export const conflict = (message: string) => new AwsFault('ResourceConflictException', message, user);
export const missing = () => notFound('The resource you requested does not exist.');
export const functionMissing = (arn: string) => notFound(`Function not found: ${arn}`);

export const stale = (reread = 'GetFunction/GetAlias') =>
  new AwsFault(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${reread} API to retrieve the latest Revision Id`,
    user,
  );

export const tooLarge = (message: string) => new AwsFault('RequestEntityTooLargeException', message, { status: 413 });

export const throttled = (Reason: string) =>
  new AwsFault('TooManyRequestsException', 'Rate Exceeded.', { fields: { Type: 'User', Reason } });

export function requireValid(...members: Constrained[]): void {
  const complaint = violation(members);
  if (complaint) throw validation(complaint);
}

/** API reference: up to fifty in a page. */
const PAGE = 50;

export function pageOf<T>(items: readonly T[], { Marker, MaxItems = PAGE }: { Marker?: string; MaxItems?: number }) {
  const refuse = (): never => {
    throw invalidParameter('Invalid Pagination Token');
  };
  const { items: some, next } = page(items, { size: Math.min(MaxItems, PAGE), token: Marker, refuse });
  return { items: some, end: next === undefined ? {} : { NextMarker: next } };
}
