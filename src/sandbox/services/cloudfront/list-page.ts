import { page } from '../page.ts';
import { invalidArgument } from './faults.ts';

/** A page as CloudFront writes it: `Marker` in, `NextMarker` and a count out. */
export function listPage<T>(
  items: readonly T[],
  { Marker, MaxItems = 100 }: { Marker?: string | undefined; MaxItems?: number | undefined },
) {
  const { items: some, next } = page(items, {
    size: Math.max(1, Number(MaxItems)),
    token: Marker === '' ? undefined : Marker,
    refuse: () => {
      throw invalidArgument('The parameter Marker is not valid.');
    },
  });
  return {
    MaxItems: Number(MaxItems),
    Quantity: some.length,
    ...(some.length > 0 && { Items: some }),
    ...(next !== undefined && { NextMarker: next }),
  };
}
