import type { Properties } from '../../../kernel/resource-provider.ts';
import type { Tag } from '../state.ts';

/** The stack's tags with the resource's own over them. `aws:` tags are CloudFormation's to set, so no call carries them. */
export function tagsOf(properties: Properties, stackTags: readonly Tag[]): Tag[] {
  const tags = new Map(stackTags.filter(({ Key }) => !Key.startsWith('aws:')).map((tag) => [tag.Key, tag.Value]));
  for (const { Key, Value } of properties.Tags ?? []) tags.set(Key, Value);
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Keys that were there and are not any more. */
export const goneKeys = (before: readonly Tag[], after: readonly Tag[]): string[] =>
  before.map(({ Key }) => Key).filter((key) => !after.some(({ Key }) => Key === key));
