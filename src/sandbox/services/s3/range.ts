import { AwsFault } from '../../kernel/fault.ts';

export interface Range {
  /** First and last byte, both included. */
  first: number;
  last: number;
}

/** One range of bytes, or undefined for what S3 ignores: several ranges, other units, nonsense. Throws 416. */
export function rangeOf(header: string | undefined, size: number): Range | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [from, to] = [match[1]!, match[2]!];
  if (from === '') {
    const count = Number(to);
    if (count === 0 || size === 0) throw unsatisfiable(header!, size);
    return { first: Math.max(0, size - count), last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= size) throw unsatisfiable(header!, size);
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

const unsatisfiable = (header: string, size: number): AwsFault =>
  new AwsFault('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    fields: { RangeRequested: header, ActualObjectSize: String(size) },
  });
