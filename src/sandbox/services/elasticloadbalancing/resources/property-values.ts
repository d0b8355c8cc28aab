import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Properties, ResourceContext } from '../../../kernel/resource-provider.ts';
import { tags } from '../state.ts';
import { putTags, tagsOf } from '../tagging.ts';

export const asNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
export const asBoolean = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : value === true || value === 'true';

/** Writes the tags of the stack, over which those of the resource itself win. */
export function tagLike(properties: Properties, arn: string, { call, tags: ofStack }: ResourceContext): void {
  tags.in(call).delete(arn);
  putTags(call, arn, [...ofStack, ...((properties.Tags ?? []) as Tag[])]);
}

/** Tags as the template wrote them. */
export const ownTags = (arn: string, { call, tags: ofStack }: ResourceContext): Tag[] =>
  tagsOf(call, arn).filter(
    ({ Key, Value }) => !Key?.startsWith('aws:') && !ofStack.some((tag) => tag.Key === Key && tag.Value === Value),
  );

/** The attributes that a template names, as they are now: of the others a comparison says nothing. All, where it names none. */
export function namedAttributes(
  named: readonly Properties[] | undefined,
  attributes: Readonly<Record<string, string>>,
): { Key: string; Value: string | undefined }[] {
  const keys = named?.map(({ Key }) => String(Key)) ?? Object.keys(attributes);
  return keys.map((Key) => ({ Key, Value: attributes[Key] }));
}
