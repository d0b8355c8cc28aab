import type {
  ListTagsForResourceCommandInput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-cloudfront';
import type { Call } from '../../../kernel/scope.ts';
import { fault, invalidArgument } from '../faults.ts';
import { distributions, functions } from '../state.ts';

/** Reads the tags of what an ARN names, and changes them when it is told how. */
function tagsOf(arn: string | undefined, call: Call, change?: (tags: Tag[]) => Tag[]): Tag[] {
  if (arn === undefined) throw invalidArgument('The parameter Resource is required.');
  const [, kind, id = ''] = /:(distribution|function)\/(.+)$/.exec(arn) ?? [];
  const table = kind === 'function' ? functions.in(call) : distributions.in(call);
  const row = table.get(id);
  if (row?.arn !== arn) throw fault('NoSuchResource', 'The specified resource does not exist.');
  if (!change) return row.tags.map((tag) => ({ ...tag }));
  const tags = change(row.tags.map((tag) => ({ ...tag })));
  if (kind === 'function')
    functions.in(call).update(id, (draft) => {
      draft.tags = tags;
    });
  else
    distributions.in(call).update(id, (draft) => {
      draft.tags = tags;
    });
  return tags;
}

export function listTagsForResource({ Resource }: ListTagsForResourceCommandInput, call: Call) {
  return { Tags: { Items: tagsOf(Resource, call) } };
}

export function tagResource({ Resource, Tags }: TagResourceCommandInput, call: Call) {
  if (!Tags) throw invalidArgument('The parameter Tags is required.');
  const added = (Tags.Items ?? []).map(({ Key, Value = '' }) => ({ Key, Value }));
  tagsOf(Resource, call, (tags) => [...tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added]);
  return {};
}

export function untagResource({ Resource, TagKeys }: UntagResourceCommandInput, call: Call) {
  if (!TagKeys) throw invalidArgument('The parameter TagKeys is required.');
  tagsOf(Resource, call, (tags) => tags.filter(({ Key }) => !(TagKeys.Items ?? []).includes(Key!)));
  return {};
}
