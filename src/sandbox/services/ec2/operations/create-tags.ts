import type { CreateTagsRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missingParameter } from '../faults.ts';
import { taggableType } from '../taggable.ts';
import { putTags, validTags } from '../tagging.ts';

export const createTags: Operation<CreateTagsRequest, Record<never, never>> = (input, call) => {
  if (!input.Resources?.length) throw missingParameter('resourceIdSet');
  if (!input.Tags?.length) throw missingParameter('tagSet');
  const tags = validTags(input.Tags);
  for (const id of input.Resources) putTags(call, id, taggableType(call, id), tags);
  return {};
};
