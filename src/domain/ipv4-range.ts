interface Range {
  first: number;
  last: number;
}

/** Of `10.0.0.0/24`, or of a single address; undefined when it is none. */
function rangeOf(text: string): Range | undefined {
  const [address = '', prefix = '32'] = text.split('/');
  const parts = address.split('.').map(Number);
  const bits = Number(prefix);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255)) || !(bits >= 0 && bits <= 32))
    return undefined;
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - bits);
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1 };
}

/** Whether every address of `inner` is one of `outer`; what is no IPv4 range covers nothing. */
export function covers(outer: string, inner: string): boolean {
  const [one, other] = [rangeOf(outer), rangeOf(inner)];
  return one !== undefined && other !== undefined && one.first <= other.first && other.last <= one.last;
}

/** Whether two ranges have an address in common; what is no IPv4 range has none. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}
