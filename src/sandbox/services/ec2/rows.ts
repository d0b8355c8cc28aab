/** An SDK shape as a row keeps it: JSON, so times are milliseconds. */
export type Kept<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Kept<Item>[]
    : T extends object
      ? { [Key in keyof T]: Kept<T[Key]> }
      : T;

/** A kept shape whose named fields AWS always fills. Tags live in a table of their own. */
export type Row<T, Filled extends keyof T> = Kept<Omit<T, 'Tags'>> & {
  [Key in Filled]-?: Exclude<Kept<T[Key]>, undefined>;
};

/** The shape as an answer shows it: every `…Time` and `…Timestamp` number becomes a Date again. */
export function revived<T>(row: unknown): T {
  return revive(row) as T;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      typeof child === 'number' && /(Time|Timestamp)$/.test(key) ? new Date(child) : revive(child),
    ]),
  );
}
