import { limitExceeded } from './refusals.ts';
import type { Tag } from './state.ts';

export function mergeTags(
  before: readonly Tag[],
  given: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Tag[] {
  const merged = new Map(before.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of given) merged.set(Key, Value);
  if (merged.size > 50) throw limitExceeded();
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}
