import type {
  AddTagsToResourceCommandInput,
  ListTagsForResourceCommandInput,
  RemoveTagsFromResourceCommandInput,
} from '@aws-sdk/client-rds';
import type { Call, TableDefinition } from '../../../kernel/scope.ts';
import { invalidValue } from '../refusals.ts';
import { clusters, instances, parameterGroups, proxies, snapshots, subnetGroups, type Tag } from '../state.ts';
import { mergeTags } from '../tags.ts';

interface Tagged {
  arn: string;
  tags: Tag[];
}

const TABLES = [
  clusters,
  instances,
  snapshots,
  proxies,
  subnetGroups,
  parameterGroups,
] as unknown as TableDefinition<Tagged>[];

function found(arn: string | undefined, call: Call) {
  for (const table of TABLES) {
    const entry = table
      .in(call)
      .entries()
      .find(([, row]) => row.arn === arn);
    if (entry) return { rows: table.in(call), key: entry[0], row: entry[1] };
  }
  throw invalidValue(`Invalid resource name: ${arn}`);
}

export const listTagsForResource = ({ ResourceName }: ListTagsForResourceCommandInput, call: Call) => ({
  TagList: found(ResourceName, call).row.tags.map((tag) => ({ ...tag })),
});

export function addTagsToResource({ ResourceName, Tags }: AddTagsToResourceCommandInput, call: Call) {
  const { rows, key } = found(ResourceName, call);
  rows.update(key, (draft) => {
    draft.tags = mergeTags(draft.tags, Tags);
  });
  return {};
}

export function removeTagsFromResource({ ResourceName, TagKeys = [] }: RemoveTagsFromResourceCommandInput, call: Call) {
  const { rows, key } = found(ResourceName, call);
  rows.update(key, (draft) => {
    draft.tags = draft.tags.filter(({ Key }) => !TagKeys.includes(Key));
  });
  return {};
}
