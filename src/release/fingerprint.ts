import { createHash } from 'node:crypto';
import type { ParameterValue } from './resolve-template.ts';

/** Short, and another as soon as one of the values is; undefined while one of them is not known. */
export function fingerprintOf(
  names: readonly string[],
  values: Readonly<Record<string, ParameterValue>>,
): string | undefined {
  const known = names.map((name) => values[name]);
  if (known.some((value) => typeof value !== 'string')) return undefined;
  const pairs = names.map((name, index) => [name, known[index]]);
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex').slice(0, 12);
}
