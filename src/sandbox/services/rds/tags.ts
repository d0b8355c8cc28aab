import type { Tag } from './state.ts';

export interface GivenTag {
  Key?: string | undefined;
  Value?: string | undefined;
}

export function mergeTags(before: readonly Tag[], given: readonly GivenTag[] = []): Tag[] {
  const merged = new Map(before.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of given) merged.set(Key, Value);
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}
