import type {
  ListExportsCommandInput,
  ListExportsCommandOutput,
  ListImportsCommandInput,
  ListImportsCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { importersOf } from '../engine/exports.ts';
import { invalid } from '../faults.ts';
import { exported } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;

/** By name. */
export const listExports: Operation<ListExportsCommandInput, Answer<ListExportsCommandOutput>> = (
  { NextToken },
  call,
) => {
  const rows = exported
    .in(call)
    .values()
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, next } = page(rows, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return {
    Exports: items.map(({ name, value, stackId }) => ({ ExportingStackId: stackId, Name: name, Value: value })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

export const listImports: Operation<ListImportsCommandInput, Answer<ListImportsCommandOutput>> = (
  { ExportName, NextToken },
  call,
) => {
  const users = importersOf(call, ExportName!);
  if (users.length === 0) throw invalid(`Export '${ExportName}' is not imported by any stack.`);
  const { items, next } = page(users, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return { Imports: items, ...(next === undefined ? {} : { NextToken: next }) };
};
