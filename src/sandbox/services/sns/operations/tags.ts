import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-sns';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { scopeOfArn } from '../find.ts';
import { invalid } from '../refusals.ts';
import { type TopicRow, topics } from '../state.ts';

/** Tags after more were put on; keys that come twice in one call are refused. */
export function taken(before: Readonly<Record<string, string>>, tags: readonly Tag[]): Record<string, string> {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalid('Duplicated keys are not allowed.');
  return { ...before, ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])) };
}

function tagged(arn: string | undefined, call: Call): TopicRow {
  const row = topics.in(scopeOfArn(arn ?? '', call)).get(arn ?? '');
  if (!row) throw new AwsFault('ResourceNotFound', 'Resource does not exist', { status: 404 });
  return row;
}

export function tagResource({ ResourceArn, Tags = [] }: TagResourceCommandInput, call: Call): Record<string, never> {
  const { arn, tags } = tagged(ResourceArn, call);
  const after = taken(tags, Tags);
  topics.in(scopeOfArn(arn, call)).update(arn, (draft) => {
    draft.tags = after;
  });
  return {};
}

export function untagResource(
  { ResourceArn, TagKeys = [] }: UntagResourceCommandInput,
  call: Call,
): Record<string, never> {
  const { arn } = tagged(ResourceArn, call);
  topics.in(scopeOfArn(arn, call)).update(arn, (draft) => {
    for (const key of TagKeys) delete draft.tags[key];
  });
  return {};
}

/** A topic that is gone has no tags (recording test_tags_removed_after_deletion). */
export function listTagsForResource(
  { ResourceArn }: ListTagsForResourceCommandInput,
  call: Call,
): Answer<ListTagsForResourceCommandOutput> {
  if (!ResourceArn) throw invalid('ResourceArn Reason: no value for required parameter');
  const row = topics.in(scopeOfArn(ResourceArn, call)).get(ResourceArn);
  return { Tags: Object.entries(row?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
}
