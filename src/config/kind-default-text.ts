import { KIND_DEFAULTS } from './kind-defaults.ts';
import { KINDS } from './kinds.ts';

export const plainValue = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{ ${Object.entries(value)
        .map(([key, inner]) => `${key}: ${plainValue(inner)}`)
        .join(', ')} }`
    : String(value);

/** `true in staging and prod, else false`; undefined for a field whose default is the same everywhere. */
export function kindDefaultText(pattern: string): string | undefined {
  const byValue = new Map<string, string[]>();
  for (const kind of KINDS) {
    const value = Object.entries(KIND_DEFAULTS[kind]).find(([key]) => key === pattern)?.[1];
    if (value === undefined) return undefined;
    byValue.set(plainValue(value), [...(byValue.get(plainValue(value)) ?? []), kind]);
  }
  const [usual, ...others] = [...byValue].sort(([, a], [, b]) => b.length - a.length);
  const exceptions = others.map(([value, kinds]) => `${value} in ${kinds.join(' and ')}`);
  return [...exceptions, exceptions.length > 0 ? `else ${usual![0]}` : usual![0]].join(', ');
}
