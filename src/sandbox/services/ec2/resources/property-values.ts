import type { Tag } from '@aws-sdk/client-ec2';
import type { Properties, ResourceContext } from '../../../kernel/resource-provider.ts';

/** Templates may write numbers and booleans as strings; CloudFormation converts them by the type's schema. */
export const asNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
export const asBoolean = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : value === true || value === 'true';

/** Policies are written as objects in templates and as text to services. */
export const asDocument = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? (value as string | undefined) : JSON.stringify(value);

/** Tags of the stack, over which those of the resource itself win. */
export function tagsFor(properties: Properties, context: ResourceContext): Tag[] {
  const merged = new Map(context.tags.map((tag) => [tag.Key, { ...tag }]));
  for (const { Key, Value } of (properties.Tags ?? []) as Tag[]) {
    merged.set(Key!, { Key: Key!, Value: String(Value ?? '') });
  }
  return [...merged.values()];
}

/** Tags as a template wrote them: those of the stack and of CloudFormation are no property of the resource. */
export const withoutSystemTags = (tags: readonly Tag[], context: ResourceContext): Tag[] =>
  tags.filter(
    ({ Key, Value }) => !Key?.startsWith('aws:') && !context.tags.some((tag) => tag.Key === Key && tag.Value === Value),
  );
