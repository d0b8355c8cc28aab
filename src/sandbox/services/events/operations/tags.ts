import type {
  ListTagsForResourceCommandInput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-eventbridge';
import type { Call, TableDefinition } from '../../../kernel/scope.ts';
import { lookUpBus } from '../find.ts';
import { notFound } from '../refusals.ts';
import { buses, DEFAULT_BUS, rules, type Tag } from '../state.ts';
import { mergeTags } from '../tags.ts';

interface Tagged {
  arn: string;
  tags: Tag[];
}

const TABLES = [buses, rules] as unknown as TableDefinition<Tagged>[];

function found(arn: string | undefined, call: Call) {
  lookUpBus(DEFAULT_BUS, call);
  for (const table of TABLES) {
    const rows = table.in(call);
    const entry = rows.entries().find(([, row]) => row.arn === arn);
    if (entry) return { rows, key: entry[0], tags: entry[1].tags };
  }
  throw notFound(`Resource ${arn} does not exist.`);
}

export const listTagsForResource = ({ ResourceARN }: ListTagsForResourceCommandInput, call: Call) => ({
  Tags: found(ResourceARN, call).tags.map((tag) => ({ ...tag })),
});

export function tagResource({ ResourceARN, Tags }: TagResourceCommandInput, call: Call): Record<string, never> {
  const { rows, key, tags } = found(ResourceARN, call);
  rows.update(key, (draft) => {
    draft.tags = mergeTags(tags, Tags);
  });
  return {};
}

export function untagResource(
  { ResourceARN, TagKeys = [] }: UntagResourceCommandInput,
  call: Call,
): Record<string, never> {
  const { rows, key } = found(ResourceARN, call);
  rows.update(key, (draft) => {
    draft.tags = draft.tags.filter(({ Key }) => !TagKeys.includes(Key));
  });
  return {};
}
