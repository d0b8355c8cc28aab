import type { Properties } from '../../../kernel/resource-provider.ts';
import type { Tag } from '../state.ts';

/** The stack's tags, CloudFormation's own among them, with the resource's over them. */
export function tagsOf(properties: Properties, stackTags: readonly Tag[]): Tag[] {
  const tags = new Map([...stackTags, ...(properties.Tags ?? [])].map(({ Key, Value }: Tag) => [Key, Value]));
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export const goneKeys = (before: readonly Tag[], after: readonly Tag[]): string[] =>
  before.map(({ Key }) => Key).filter((key) => !after.some(({ Key }) => Key === key));
