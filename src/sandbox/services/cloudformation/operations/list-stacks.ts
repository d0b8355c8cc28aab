import type { ListStacksCommandInput, ListStacksCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { stacks } from '../state.ts';
import { badToken, shownStack } from './describe-stacks.ts';

const PAGE_SIZE = 100;
/** Deleted stacks are listed for ninety days. */
const REMEMBERED_MS = 90 * 24 * 3_600_000;

/** Newest first, deleted stacks too. */
export const listStacks: Operation<ListStacksCommandInput, Answer<ListStacksCommandOutput>> = (
  { StackStatusFilter = [], NextToken },
  call,
) => {
  const rows = stacks
    .in(call)
    .values()
    .filter(({ status, deletedAt }) => status !== 'DELETE_COMPLETE' || Date.now() - (deletedAt ?? 0) < REMEMBERED_MS)
    .filter(({ status }) => StackStatusFilter.length === 0 || StackStatusFilter.includes(status))
    .reverse();
  const { items, next } = page(rows, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return { StackSummaries: items.map((row) => summary(call, row)), ...(next === undefined ? {} : { NextToken: next }) };
};

function summary(scope: Scope, row: Parameters<typeof shownStack>[1]) {
  const stack = shownStack(scope, row);
  return {
    StackId: stack.StackId!,
    StackName: stack.StackName!,
    ...(stack.Description === undefined ? {} : { TemplateDescription: stack.Description }),
    CreationTime: stack.CreationTime!,
    ...(stack.LastUpdatedTime ? { LastUpdatedTime: stack.LastUpdatedTime } : {}),
    ...(stack.DeletionTime ? { DeletionTime: stack.DeletionTime } : {}),
    StackStatus: stack.StackStatus!,
    ...(stack.StackStatusReason === undefined ? {} : { StackStatusReason: stack.StackStatusReason }),
    ...(stack.ParentId === undefined ? {} : { ParentId: stack.ParentId }),
    ...(stack.RootId === undefined ? {} : { RootId: stack.RootId }),
    DriftInformation: stack.DriftInformation!,
  };
}
