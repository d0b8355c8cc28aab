import { PlatformError } from '../../errors/platform-error.ts';
import type { Place } from './places.ts';

const PLACE = /\{([a-z]+(?:[.-][a-z]+)*)\}/g;

/** The names in braces of all texts in a value. */
export function placesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACE)].map(([, name]) => name!);
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.entries(value).flat().flatMap(placesIn))];
}

/** A value whose texts have what the environment has in place of the names. Throws `scenario-needs` for what it lacks. */
export async function fillPlaces<T>(value: T, place: Place, scenario: string): Promise<T> {
  const known = new Map<string, string>();
  for (const name of placesIn(value)) {
    const found = await place(name);
    if (found === undefined) throw lacks(scenario, name);
    known.set(name, found);
  }
  return filled(value, known) as T;
}

function filled(value: unknown, known: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(PLACE, (_, name: string) => known.get(name)!);
  if (Array.isArray(value)) return value.map((one) => filled(one, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [filled(key, known), filled(one, known)]));
}

const lacks = (scenario: string, name: string) =>
  new PlatformError({
    id: 'scenario-needs',
    kind: 'usage',
    message: `Scenario ${scenario} is about ${THINGS[name.split('.')[0]!] ?? name}, and the environment has none`,
    remedy: `configure and deploy one; or, where another service has it, name it with --service`,
  });

const THINGS: Record<string, string> = {
  service: 'a service that runs, and its parts',
  secret: 'a service that is given a key of a secret',
  queue: 'a queue',
  function: 'a function, and what starts it',
  api: 'an API with a log of its requests',
  edge: 'a site with a function at the edges',
  bucket: 'a bucket',
  database: 'a database',
  stack: 'a stack that is deployed',
  migration: 'a migration',
};
