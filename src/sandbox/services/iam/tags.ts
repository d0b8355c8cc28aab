import { invalidInput, limitExceeded } from './refusals.ts';
import type { Tag } from './state.ts';

interface GivenTag {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** Old tags with the given ones over them; at most 50, keys alike but for case are one key. */
export function mergeTags(before: readonly Tag[], given: readonly GivenTag[] = []): Tag[] {
  const keys = given.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  const merged = new Map(before.map((tag) => [tag.Key.toLowerCase(), tag]));
  for (const { Key = '', Value = '' } of given) merged.set(Key.toLowerCase(), { Key, Value });
  if (merged.size > 50) throw limitExceeded('Number of tags exceed maximum limit: 50');
  return [...merged.values()];
}

export const withoutTags = (before: readonly Tag[], keys: readonly string[] = []): Tag[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return before.filter(({ Key }) => !gone.has(Key.toLowerCase()));
};
