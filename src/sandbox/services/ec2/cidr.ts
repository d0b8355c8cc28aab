export interface Block {
  /** First address as a number. */
  first: number;
  last: number;
  prefix: number;
}

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** An IPv4 block; undefined when the text is none. Host bits are cut off, as EC2 does (10.0.1.5/24 is 10.0.1.0/24). */
export function parseCidr(text: string): Block | undefined {
  const [address, length, ...rest] = text.split('/');
  const number = parseAddress(address ?? '');
  if (number === undefined || !/^\d{1,2}$/.test(length ?? '') || rest.length > 0) return undefined;
  const prefix = Number(length);
  if (prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** An IPv4 address as a number; undefined when the text is none. */
export function parseAddress(text: string): number | undefined {
  const octets = ADDRESS.exec(text)?.slice(1).map(Number);
  if (!octets?.every((octet) => octet <= 255)) return undefined;
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

export const formatAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

export const formatCidr = ({ first, prefix }: Block): string => `${formatAddress(first)}/${prefix}`;

export const overlaps = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;

export const contains = (outer: Block, inner: Block): boolean => outer.first <= inner.first && inner.last <= outer.last;
