import type {
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
} from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { prefixListsOf } from '../prefix-lists.ts';
import { onePage, select } from '../select.ts';

const missingList = (id: string) =>
  new AwsFault('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist.`);

export const describeManagedPrefixLists: Operation<
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult
> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => prefixListsOf(call.region),
    id: ({ id }) => id,
    ids: input.PrefixListIds,
    missing: missingList,
    fields: { 'prefix-list-id': ({ id }) => id, 'prefix-list-name': ({ name }) => name, 'owner-id': () => 'AWS' },
  });
  return {
    PrefixLists: items.map(({ id, name }) => ({
      PrefixListId: id,
      PrefixListName: name,
      AddressFamily: 'IPv4',
      State: 'create-complete',
      PrefixListArn: `arn:aws:ec2:${call.region}:aws:prefix-list/${id}`,
      OwnerId: 'AWS',
      Tags: [],
    })),
    NextToken,
  };
};

export const getManagedPrefixListEntries: Operation<
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult
> = (input, call) => {
  const id = required(input.PrefixListId, 'prefixListId');
  const list = prefixListsOf(call.region).find((each) => each.id === id);
  if (!list) throw missingList(id);
  const { items, next } = onePage(list.cidrs, input);
  return { Entries: items.map((Cidr) => ({ Cidr })), NextToken: next };
};
