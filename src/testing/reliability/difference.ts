/** The first place where two JSON values differ, in words; undefined when they are the same. */
export function difference(expected: unknown, found: unknown, path = ''): string | undefined {
  if (Object.is(expected, found)) return undefined;
  if (!isObject(expected) || !isObject(found) || Array.isArray(expected) !== Array.isArray(found))
    return `${path || '.'}: ${shown(expected)} became ${shown(found)}`;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const differs = difference(expected[key], found[key], `${path}.${key}`);
    if (differs) return differs;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);
