import type {
  ListTagsForResourceCommandOutput,
  ListTagsForResourceRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { check, foundPool } from '../refusals.ts';
import { userPools } from '../state.ts';

/** Of pools alone has anything here tags. */
function tagged(arn: string | undefined, call: Call) {
  check(['resourceArn', arn, { required: true, length: [20, 2048] }]);
  return foundPool(arn!.slice(arn!.lastIndexOf('/') + 1), call);
}

export const listTagsForResource = (
  { ResourceArn }: ListTagsForResourceRequest,
  call: Call,
): Answer<ListTagsForResourceCommandOutput> => ({ Tags: { ...tagged(ResourceArn, call).tags } });

export function tagResource({ ResourceArn, Tags = {} }: TagResourceRequest, call: Call): Record<never, never> {
  const { id } = tagged(ResourceArn, call);
  userPools.in(call).update(id, (draft) => {
    draft.tags = { ...draft.tags, ...Tags };
  });
  return {};
}

export function untagResource({ ResourceArn, TagKeys = [] }: UntagResourceRequest, call: Call): Record<never, never> {
  const { id } = tagged(ResourceArn, call);
  userPools.in(call).update(id, (draft) => {
    for (const key of TagKeys) delete draft.tags[key];
  });
  return {};
}
