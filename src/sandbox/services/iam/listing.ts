import { page } from '../page.ts';
import { validationError } from './refusals.ts';

/** A page of a list as IAM answers it; 100 items unless asked otherwise. */
export function listing<T>(
  items: readonly T[],
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: T[]; end: { IsTruncated: boolean; Marker?: string } } {
  const { items: some, next } = page(items, {
    size: MaxItems ?? 100,
    token: Marker,
    refuse: () => {
      throw validationError('Invalid Marker.');
    },
  });
  return { items: some, end: next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: next } };
}
