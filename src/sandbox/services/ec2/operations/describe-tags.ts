import type { DescribeTagsRequest, DescribeTagsResult, ResourceType, TagDescription } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { type Fields, matchesAll, onePage } from '../select.ts';
import { tags } from '../state.ts';

const FIELDS: Fields<TagDescription> = {
  key: ({ Key }) => Key,
  value: ({ Value }) => Value,
  'resource-id': ({ ResourceId }) => ResourceId,
  'resource-type': ({ ResourceType }) => ResourceType,
};

export const describeTags: Operation<DescribeTagsRequest, DescribeTagsResult> = (input, call) => {
  const all: TagDescription[] = tags
    .in(call)
    .entries()
    .flatMap(([id, row]) =>
      row.tags.map(({ Key, Value }) => ({ Key, Value, ResourceId: id, ResourceType: row.type as ResourceType })),
    );
  const { items, next } = onePage(
    all.filter((tag) => matchesAll(input.Filters, tag, FIELDS, () => [{ Key: tag.Key, Value: tag.Value }])),
    input,
  );
  return { Tags: items, NextToken: next };
};
