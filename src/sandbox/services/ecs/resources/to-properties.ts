import type { Properties } from '../../../kernel/resource-provider.ts';

const MAPS = new Set(['options', 'dockerLabels', 'labels', 'driverOpts']);

/** An API shape in CloudFormation's spelling: names begin with a capital. */
export function toProperties(value: unknown): Properties {
  return spelled(value) as Properties;
}

function spelled(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => spelled(item, key));
  if (typeof value !== 'object' || value === null || MAPS.has(key)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([name, child]) => [name[0]!.toUpperCase() + name.slice(1), spelled(child, name)]),
  );
}
