import type { Tag } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../kernel/scope.ts';
import { tags } from './state.ts';

export const tagsOf = (scope: Scope, arn: string): Tag[] => [...(tags.in(scope).get(arn)?.tags ?? [])];

/** Sets tags, keeping those under other keys; CloudFormation's own keys too. */
export function putTags(scope: Scope, arn: string, added: readonly Tag[] = []): void {
  const merged = new Map(tagsOf(scope, arn).map((tag) => [tag.Key, tag]));
  for (const { Key, Value } of added) merged.set(Key, { Key, Value });
  if (merged.size > 0) tags.in(scope).put(arn, { tags: [...merged.values()] });
}
