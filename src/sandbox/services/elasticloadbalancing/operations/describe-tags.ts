import type { DescribeTagsInput, DescribeTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { invalid, required } from '../faults.ts';
import { requireTaggable, tagsOf } from '../tagging.ts';

export const describeTags: Operation<DescribeTagsInput, DescribeTagsOutput> = (input, call) => {
  const arns = required(input.ResourceArns, 'resourceArns');
  if (arns.length > 20) throw invalid('Cannot have more than 20 resources described');
  for (const arn of arns) requireTaggable(call, arn);
  return { TagDescriptions: arns.map((ResourceArn) => ({ ResourceArn, Tags: tagsOf(call, ResourceArn) })) };
};
