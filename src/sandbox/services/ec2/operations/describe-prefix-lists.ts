import type { DescribePrefixListsRequest, DescribePrefixListsResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { prefixListsOf } from '../prefix-lists.ts';
import { select } from '../select.ts';

export const describePrefixLists: Operation<DescribePrefixListsRequest, DescribePrefixListsResult> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => prefixListsOf(call.region),
    id: ({ id }) => id,
    ids: input.PrefixListIds,
    missing: (id) => new AwsFault('InvalidPrefixListId.NotFound', `The prefix list ID '${id}' does not exist`),
    fields: { 'prefix-list-id': ({ id }) => id, 'prefix-list-name': ({ name }) => name },
  });
  return {
    PrefixLists: items.map(({ id, name, cidrs }) => ({ PrefixListId: id, PrefixListName: name, Cidrs: [...cidrs] })),
    NextToken,
  };
};
