/** An SDK shape as a row keeps it: JSON, so times are milliseconds since 1970. */
export type Stored<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Stored<Item>[]
    : T extends object
      ? { [Key in keyof T]: Stored<T[Key]> }
      : T;

/** The SDK shape as an answer shows it: every number named `…At` becomes a Date again. */
export function shown<T>(row: unknown): T {
  return revive(row) as T;
}

/** A deep copy fit for a row: what came over the wire holds Dates and `undefined`, a row holds neither. */
export function kept<T>(value: T): Stored<T> {
  return JSON.parse(JSON.stringify(value ?? null), (key, child) =>
    key.endsWith('At') && typeof child === 'string' && !Number.isNaN(Date.parse(child)) ? Date.parse(child) : child,
  ) as Stored<T>;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      typeof child === 'number' && key.endsWith('At') ? new Date(child) : revive(child),
    ]),
  );
}
