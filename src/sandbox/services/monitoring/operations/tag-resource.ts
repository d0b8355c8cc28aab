import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { alarmNamed } from '../alarm-state.ts';
import { check, notFound } from '../faults.ts';
import { tags } from '../state.ts';
import { putTags, tagsOf } from '../tagging.ts';

export const tagResource: Operation<TagResourceInput, Record<never, never>> = (input, call) => {
  check([
    ['resourceARN', input.ResourceARN, { required: true, length: [1, 1024] }],
    ['tags', input.Tags, { required: true }],
  ]);
  if (!alarmNamed(call, input.ResourceARN!)) throw notFound();
  putTags(call, input.ResourceARN!, input.Tags);
  return {};
};

export const untagResource: Operation<UntagResourceInput, Record<never, never>> = (input, call) => {
  check([
    ['resourceARN', input.ResourceARN, { required: true, length: [1, 1024] }],
    ['tagKeys', input.TagKeys, { required: true }],
  ]);
  if (!alarmNamed(call, input.ResourceARN!)) throw notFound();
  const kept = tagsOf(call, input.ResourceARN!).filter(({ Key }) => !input.TagKeys!.includes(Key!));
  tags.in(call).put(input.ResourceARN!, { tags: kept });
  return {};
};

/** A resource that is gone has no tags, which is no error (recording test_tagging_metric_alarm). */
export const listTagsForResource: Operation<ListTagsForResourceInput, ListTagsForResourceOutput> = (input, call) => {
  check([['resourceARN', input.ResourceARN, { required: true, length: [1, 1024] }]]);
  return { Tags: tagsOf(call, input.ResourceARN!) };
};
