import { invalidPattern, type Leaf, type Matcher, matcherOf } from './pattern-matchers.ts';

// biome-ignore lint/suspicious/noExplicitAny: events and patterns are whatever JSON their authors wrote
type Json = any;

/** Fields that must match together, by their path with dots; a pattern with `$or` has several such sets. */
type Conditions = Map<string, Matcher[]>;

/**
 * Compiles an event pattern; throws InvalidEventPatternException. Keys are joined with dots on both sides, so
 * `{"detail.a": …}` and `{"detail": {"a": …}}` are the same; of an array of objects one object must fit as a whole.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function eventPattern(source: string): (event: Json) => boolean {
  let pattern: Json;
  try {
    pattern = JSON.parse(source);
  } catch (error) {
    throw invalidPattern((error as Error).message);
  }
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern))
    throw invalidPattern('Filter is not an object');
  const alternatives = conditionsOf(pattern, '');
  return (event) => {
    const shapes = shapesOf(event, '');
    return alternatives.some((conditions) =>
      shapes.some((shape) =>
        [...conditions].every(([path, matchers]) =>
          (shape.get(path) ?? [undefined]).some((value) => matchers.some((matches) => matches(value))),
        ),
      ),
    );
  };
}

function conditionsOf(pattern: Record<string, Json>, prefix: string): Conditions[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  return entries.reduce<Conditions[]>(
    (alternatives, [key, value]) => combine(alternatives, conditionsOfKey(key, value, prefix)),
    [new Map()],
  );
}

function conditionsOfKey(key: string, value: Json, prefix: string): Conditions[] {
  if (key === '$or' && Array.isArray(value) && value.length > 1 && value.every(isObject))
    return value.flatMap((branch) => conditionsOf(branch, prefix));
  if (isObject(value)) return conditionsOf(value, `${prefix}${key}.`);
  if (!Array.isArray(value)) throw invalidPattern(`"${key}" must be an object or an array`);
  if (value.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return [new Map([[prefix + key, value.map(matcherOf)]])];
}

/** All of one side with all of the other. */
const combine = <T>(left: Map<string, T[]>[], right: Map<string, T[]>[]): Map<string, T[]>[] =>
  left.flatMap((one) => right.map((other) => new Map([...one, ...other])));

type Shape = Map<string, Leaf[]>;

/** An event as its fields by path, once for each choice among the objects of its arrays. */
function shapesOf(value: Json, path: string): Shape[] {
  if (isObject(value))
    return Object.entries(value).reduce<Shape[]>(
      (shapes, [key, child]) => combine(shapes, shapesOf(child, path === '' ? key : `${path}.${key}`)),
      [new Map()],
    );
  if (!Array.isArray(value)) return [new Map([[path, [value as Leaf]]])];

  const flat = value.flat(Infinity);
  const leaves = flat.filter((item: Json) => !isObject(item));
  const shapes = flat.filter(isObject).flatMap((item: Json) => shapesOf(item, path));
  if (leaves.length > 0) shapes.push(new Map([[path, leaves]]));
  // An empty array is a field that is not there.
  return shapes.length > 0 ? shapes : [new Map()];
}

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
