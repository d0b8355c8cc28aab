import type {
  ListTagsForResourceCommandInput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-wafv2';
import type { Call } from '../../../kernel/scope.ts';
import { nonexistent } from '../faults.ts';
import { ipSets, type Tag, webAcls } from '../state.ts';
import { requireValid } from '../web-acls.ts';

function change(arn: string, call: Call, tags: (before: Tag[]) => Tag[]): Tag[] {
  for (const table of [webAcls.in(call), ipSets.in(call)]) {
    const row = table.get(arn);
    if (!row) continue;
    const after = tags(row.tags.map((tag) => ({ ...tag })));
    (table as ReturnType<typeof webAcls.in>).update(arn, (draft) => {
      draft.tags = after;
    });
    return after;
  }
  throw nonexistent();
}

export function tagResource({ ResourceARN, Tags }: TagResourceCommandInput, call: Call) {
  requireValid(['resourceARN', ResourceARN, { required: true }], ['tags', Tags, { required: true }]);
  const added = Tags!.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  change(ResourceARN!, call, (tags) => [...tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added]);
  return {};
}

export function untagResource({ ResourceARN, TagKeys }: UntagResourceCommandInput, call: Call) {
  requireValid(['resourceARN', ResourceARN, { required: true }], ['tagKeys', TagKeys, { required: true }]);
  change(ResourceARN!, call, (tags) => tags.filter(({ Key }) => !TagKeys!.includes(Key)));
  return {};
}

export function listTagsForResource({ ResourceARN }: ListTagsForResourceCommandInput, call: Call) {
  requireValid(['resourceARN', ResourceARN, { required: true }]);
  const row = webAcls.in(call).get(ResourceARN!) ?? ipSets.in(call).get(ResourceARN!);
  if (!row) throw nonexistent();
  return { TagInfoForResource: { ResourceARN, TagList: row.tags.map((tag) => ({ ...tag })) } };
}
