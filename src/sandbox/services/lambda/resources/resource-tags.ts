import type { Properties, ResourceContext } from '../../../kernel/resource-provider.ts';

export const tagsOf = (properties: Properties, stackTags: ResourceContext['tags']): Record<string, string> =>
  Object.fromEntries([...stackTags, ...(properties.Tags ?? [])].map(({ Key, Value }) => [Key, Value]));

export const tagList = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
