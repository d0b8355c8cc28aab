import type { AddTagsInput, RemoveTagsInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { tags } from '../state.ts';
import { putTags, requireTaggable, tagsOf, validTags } from '../tagging.ts';

export const addTags: Operation<AddTagsInput, Record<never, never>> = (input, call) => {
  const wanted = validTags(required(input.Tags, 'tags'));
  for (const arn of required(input.ResourceArns, 'resourceArns')) {
    requireTaggable(call, arn);
    putTags(call, arn, wanted);
  }
  return {};
};

export const removeTags: Operation<RemoveTagsInput, Record<never, never>> = (input, call) => {
  const keys = required(input.TagKeys, 'tagKeys');
  for (const arn of required(input.ResourceArns, 'resourceArns')) {
    requireTaggable(call, arn);
    tags.in(call).put(arn, { tags: tagsOf(call, arn).filter(({ Key }) => !keys.includes(Key!)) });
  }
  return {};
};
