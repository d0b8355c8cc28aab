export type Plain = { [key: string]: unknown };

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What stands when `over` is laid on `below`: maps merge by key, lists and scalars replace, null removes.
 * This is JSON Merge Patch (RFC 7396). Neither argument is changed.
 */
export function merge(below: unknown, over: unknown): unknown {
  if (!isPlain(over)) return over;
  const merged: Plain = isPlain(below) ? { ...below } : {};
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
