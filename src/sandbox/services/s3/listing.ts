import { invalidArgument } from './faults.ts';
import { compareKeys } from './state.ts';

export interface Listing<T> {
  items: T[];
  prefixes: string[];
  truncated: boolean;
  /** The item or common prefix that ended the page. */
  last?: { item: T } | { prefix: string };
}

/**
 * One page of a list of keys: items after `start` that begin with `prefix`, those with the delimiter further on rolled
 * up into common prefixes. Items and prefixes count alike towards `max`.
 */
export function list<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  options: {
    prefix: string;
    delimiter: string | undefined;
    max: number;
    isAfterStart: (item: T) => boolean;
    /** Where the last page ended; a common prefix that it lies in is not given (again). */
    marker: string;
  },
): Listing<T> {
  const { prefix, delimiter, max, isAfterStart, marker } = options;
  const listing: Listing<T> = { items: [], prefixes: [], truncated: false };
  const seen = new Set<string>();
  for (const item of sorted) {
    const key = keyOf(item);
    if (!key.startsWith(prefix) || !isAfterStart(item)) continue;
    const common = commonPrefix(key, prefix, delimiter);
    if (common !== undefined && (seen.has(common) || marker.startsWith(common))) continue;
    if (listing.items.length + seen.size >= max) {
      // S3 says of an empty page that there is no more.
      listing.truncated = max > 0;
      return listing;
    }
    if (common === undefined) {
      listing.items.push(item);
      listing.last = { item };
    } else {
      seen.add(common);
      listing.prefixes.push(common);
      listing.last = { prefix: common };
    }
  }
  return listing;
}

function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

export const byKey = <T>(items: T[], keyOf: (item: T) => string): T[] =>
  items.sort((a, b) => compareKeys(keyOf(a), keyOf(b)));

export const MOST_KEYS = 1000;

export const pageSize = (given: number | undefined, name: string): number => {
  if (given !== undefined && given < 0)
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, String(given));
  return Math.min(given ?? MOST_KEYS, MOST_KEYS);
};

/** `EncodingType: url` encodes what XML might not carry; all but unreserved characters and slashes, as S3 does. */
export function encoder(encodingType: string | undefined): <T extends string | undefined>(text: T) => T {
  if (encodingType === undefined) return (text) => text;
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  return ((text?: string) =>
    text === undefined
      ? undefined
      : encodeURIComponent(text)
          .replace(/%2F/g, '/')
          .replace(/%20/g, '+')
          .replace(/[!'()]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)) as ReturnType<
    typeof encoder
  >;
}
