import type { Tag } from '@aws-sdk/client-cloudwatch';
import type { Properties, ResourceContext } from '../../../kernel/resource-provider.ts';
import { tags } from '../state.ts';
import { putTags } from '../tagging.ts';

/** Writes the tags of the stack, over which those of the resource itself win. */
export function tagLike(properties: Properties, arn: string, { call, tags: ofStack }: ResourceContext): void {
  tags.in(call).delete(arn);
  putTags(call, arn, [...ofStack, ...((properties.Tags ?? []) as Tag[])]);
}
