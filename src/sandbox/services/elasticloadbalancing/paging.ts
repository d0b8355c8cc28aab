import { page } from '../page.ts';
import { invalid } from './faults.ts';

interface Request {
  Marker?: string | undefined;
  PageSize?: number | undefined;
}

/** One page; the API takes sizes from 1 to 400. */
export function onePage<T>(items: readonly T[], { Marker, PageSize }: Request) {
  if (PageSize !== undefined && (PageSize < 1 || PageSize > 400)) {
    throw invalid(
      `1 validation error detected: Value '${PageSize}' at 'pageSize' failed to satisfy constraint: Member must have value ${
        PageSize < 1 ? 'greater than or equal to 1' : 'less than or equal to 400'
      }`,
    );
  }
  return page(items, {
    size: PageSize ?? 400,
    token: Marker,
    refuse: () => {
      throw invalid('The pagination token is invalid');
    },
  });
}
