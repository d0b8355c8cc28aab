import { page } from '../page.ts';
import { invalidValue } from './refusals.ts';

/** A page as RDS answers it: 100 records unless asked otherwise, at least 20. */
export function listing<T>(
  items: readonly T[],
  { Marker, MaxRecords }: { Marker?: string | undefined; MaxRecords?: number | undefined },
): { items: T[]; end: { Marker?: string } } {
  if (MaxRecords !== undefined && (MaxRecords < 20 || MaxRecords > 100))
    throw invalidValue(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
  const { items: some, next } = page(items, {
    size: MaxRecords ?? 100,
    token: Marker,
    refuse: () => {
      throw invalidValue(`The parameter Marker is not valid: ${Marker}`);
    },
  });
  return { items: some, end: next === undefined ? {} : { Marker: next } };
}

interface Filter {
  Name?: string | undefined;
  Values?: string[] | undefined;
}

/** Keeps the rows of which each filter knows a wanted value; a filter that RDS does not know is refused. */
export function filtered<T>(
  rows: readonly T[],
  filters: readonly Filter[] = [],
  values: Record<string, (row: T) => string[]>,
): T[] {
  for (const { Name = '' } of filters) if (!(Name in values)) throw invalidValue(`Unrecognized filter name: ${Name}`);
  return rows.filter((row) =>
    filters.every(({ Name = '', Values = [] }) => values[Name]!(row).some((value) => Values.includes(value))),
  );
}
