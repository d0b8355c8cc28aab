import { page } from '../page.ts';
import { invalidParameter } from './faults.ts';

/** One page as ECR gives it: a hundred unless asked otherwise, a thousand at most. */
export function listPage<T>(
  items: readonly T[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: T[]; nextToken?: string } {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > 1000))
    throw invalidParameter('maxResults', 'Member must have value between 1 and 1000');
  const { items: shown, next } = page(items, {
    size: maxResults ?? 100,
    token: nextToken,
    refuse: () => {
      throw invalidParameter('nextToken', 'Invalid token');
    },
  });
  return { items: shown, ...(next === undefined ? {} : { nextToken: next }) };
}
