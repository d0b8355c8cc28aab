import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { tags, targets } from '../state.ts';

export const tagResource: Operation<TagResourceRequest, Record<never, never>> = (input, call) => {
  const before = tagsOf(call, input.ResourceARN);
  tags.in(call).put(input.ResourceARN!, { ...before, ...input.Tags });
  return {};
};

export const untagResource: Operation<UntagResourceRequest, Record<never, never>> = (input, call) => {
  const kept = Object.entries(tagsOf(call, input.ResourceARN)).filter(([key]) => !input.TagKeys?.includes(key));
  tags.in(call).put(input.ResourceARN!, Object.fromEntries(kept));
  return {};
};

export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  input,
  call,
) => ({ Tags: tagsOf(call, input.ResourceARN) });

function tagsOf(scope: Scope, arn: string | undefined): Record<string, string> {
  if (
    !targets
      .in(scope)
      .values()
      .some(({ ScalableTargetARN }) => ScalableTargetARN === arn)
  ) {
    throw new AwsFault('ResourceNotFoundException', `The specified resource doesn't exist: ${arn}`, {
      fields: { ResourceName: arn },
    });
  }
  return { ...tags.in(scope).get(arn!) };
}
