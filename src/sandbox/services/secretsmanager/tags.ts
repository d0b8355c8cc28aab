import { AwsFault } from '../../kernel/fault.ts';
import { invalidParameter } from './refusals.ts';
import type { Tag } from './state.ts';

/** Old tags with the given ones over them; at most 50, none with a key of AWS's own. */
export function mergeTags(
  before: readonly Tag[],
  given: readonly { Key?: string | undefined; Value?: string | undefined }[],
): Tag[] {
  if (given.some(({ Key }) => Key?.startsWith('aws:')))
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
  return joinTags(
    before,
    given.map(({ Key = '', Value = '' }) => ({ Key, Value })),
  );
}

export function joinTags(before: readonly Tag[], given: readonly Tag[]): Tag[] {
  const merged = new Map([...before, ...given].map(({ Key, Value }) => [Key, Value]));
  if (merged.size > 50)
    throw new AwsFault('InvalidParameterException', 'You have exceeded the maximum number of tags: 50.');
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}
