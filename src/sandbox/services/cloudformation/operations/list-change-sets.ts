import type { ListChangeSetsCommandInput, ListChangeSetsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { noStack } from '../faults.ts';
import { stackOr } from '../find-stack.ts';
import { changeSets } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;

/** Only those that can still be executed: AWS forgets the others with the first execution. */
export const listChangeSets: Operation<ListChangeSetsCommandInput, Answer<ListChangeSetsCommandOutput>> = (
  { StackName, NextToken },
  call,
) => {
  const stack = stackOr(call, StackName!, noStack);
  const rows = changeSets
    .in(call)
    .values()
    .filter((row) => row.stackId === stack.id && !/^(EXECUTE|OBSOLETE)/.test(row.executionStatus));
  const { items, next } = page(rows, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return {
    Summaries: items.map((row) => ({
      StackId: row.stackId,
      StackName: row.stackName,
      ChangeSetId: row.id,
      ChangeSetName: row.name,
      ExecutionStatus: row.executionStatus,
      Status: row.status,
      ...(row.statusReason === undefined ? {} : { StatusReason: row.statusReason }),
      CreationTime: new Date(row.createdAt),
      ...(row.description === undefined ? {} : { Description: row.description }),
      IncludeNestedStacks: row.includeNestedStacks,
      ...(row.importExistingResources ? { ImportExistingResources: true } : {}),
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};
