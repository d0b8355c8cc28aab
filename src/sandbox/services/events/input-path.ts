// biome-ignore lint/suspicious/noExplicitAny: events are whatever JSON their authors wrote
type Json = any;

/** A simple JSONPath: `$`, `$.detail.items[0].name`, `$['detail-type']`. Undefined when nothing is there. */
export function atPath(value: Json, path: string): Json {
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)];
  return steps.reduce<Json>((current, [, key, index, quoted]) => current?.[key ?? index ?? quoted ?? ''], value);
}
