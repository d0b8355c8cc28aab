import type { ResourceDriftRow } from '../state.ts';
import { isObject, type Json, type JsonObject, sameValue } from '../template/template.ts';

type Difference = ResourceDriftRow['differences'][number];

/**
 * Where what is there differs from what the template asked for. Only what the template says is compared, as AWS does;
 * a property that the service does not show at all cannot be compared.
 */
export function differencesOf(expected: JsonObject, actual: JsonObject): Difference[] {
  return Object.entries(expected).flatMap(([name, value]) =>
    actual[name] === undefined ? [] : valueDifferences(value, actual[name], `/${name}`),
  );
}

function valueDifferences(expected: Json, actual: Json | undefined, path: string): Difference[] {
  if (actual === undefined) return [difference(expected, actual, path, 'REMOVE')];
  if (isObject(expected) && isObject(actual))
    return Object.entries(expected).flatMap(([name, value]) =>
      valueDifferences(value, actual[name], `${path}/${name}`),
    );
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return String(expected) === String(actual) && typeof expected !== 'object'
    ? []
    : sameValue(expected, actual)
      ? []
      : [difference(expected, actual, path, 'NOT_EQUAL')];
}

/** Lists are compared as sets: services keep no order. */
function listDifferences(expected: Json[], actual: Json[], path: string): Difference[] {
  const covers = (wanted: Json, found: Json) => valueDifferences(wanted, found, '').length === 0;
  const missing = expected.flatMap((item, index) =>
    actual.some((other) => covers(item, other)) ? [] : [difference(item, undefined, `${path}/${index}`, 'REMOVE')],
  );
  const added = actual.flatMap((item, index) =>
    expected.some((other) => covers(other, item)) ? [] : [difference(undefined, item, `${path}/${index}`, 'ADD')],
  );
  return [...missing, ...added];
}

const difference = (
  expected: Json | undefined,
  actual: Json | undefined,
  PropertyPath: string,
  DifferenceType: Difference['DifferenceType'],
): Difference => ({
  PropertyPath,
  ExpectedValue: shown(expected),
  ActualValue: shown(actual),
  DifferenceType,
});

const shown = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === undefined ? 'null' : JSON.stringify(value);
