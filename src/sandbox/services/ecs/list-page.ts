import { page } from '../page.ts';
import { invalid } from './faults.ts';

/** One page as ECS's List operations give it: a hundred at most, `nextToken` null-free. */
export function listPage<T>(
  items: readonly T[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: T[]; nextToken?: string } {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > 100))
    throw invalid('maxResults must be between 1 and 100.');
  const { items: shown, next } = page(items, {
    size: maxResults ?? 100,
    token: nextToken,
    refuse: () => {
      throw invalid('Invalid token.');
    },
  });
  return { items: shown, ...(next === undefined ? {} : { nextToken: next }) };
}
