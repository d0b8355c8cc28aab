import type { Tag } from '@aws-sdk/client-ecs';
import type { Call } from '../../../kernel/scope.ts';
import { listTagsForResource, tagResource, untagResource } from '../operations/tag-resources.ts';

/** Makes these the tags of a resource, and no others. */
export async function setTags(call: Call, resourceArn: string, tags: Tag[]): Promise<void> {
  const { tags: before = [] } = await listTagsForResource({ resourceArn }, call);
  const keys = tags.map(({ key }) => key);
  const gone = before.map(({ key }) => key!).filter((key) => !keys.includes(key));
  if (gone.length > 0) await untagResource({ resourceArn, tagKeys: gone }, call);
  if (tags.length > 0) await tagResource({ resourceArn, tags }, call);
}
