import type { SynthesizedStack } from './cdk.ts';

/**
 * Where something stands, as `waivers` and `overrides` name it: the stack's id and the address of the construct in it,
 * `service-web/Run/Service`; a property follows after a dot.
 */
export function findingPath(
  { id, constructs }: Pick<SynthesizedStack, 'id' | 'constructs'>,
  logicalId?: string,
  property?: string,
): string {
  if (logicalId === undefined) return id;
  const place = `${id}/${constructs[logicalId] ?? logicalId}`;
  return property ? `${place}.${property}` : place;
}
