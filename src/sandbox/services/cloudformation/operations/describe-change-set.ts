import type {
  Change,
  DescribeChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { changeSetOr } from '../find-change-set.ts';
import type { DriftedRow } from '../state.ts';
import { badToken, shownParameters } from './describe-stacks.ts';

/** AWS gives a megabyte at a time; a hundred changes is a page of about that kind. */
const PAGE_SIZE = 100;

export const describeChangeSet: Operation<DescribeChangeSetCommandInput, Answer<DescribeChangeSetCommandOutput>> = (
  input,
  call,
) => {
  const row = changeSetOr(call, input);
  const all = (input.IncludePropertyValues ? row.changesWithValues : row.changes) as unknown as Change[];
  const { items, next } = page(all, { size: PAGE_SIZE, token: input.NextToken, refuse: badToken });
  const parameters = shownParameters(row.deployment);
  const reason = row.statusReason ?? (input.IncludePropertyValues ? row.valuesWarning : undefined);
  return {
    ChangeSetName: row.name,
    ChangeSetId: row.id,
    StackId: row.stackId,
    StackName: row.stackName,
    ...(row.description === undefined ? {} : { Description: row.description }),
    ...(parameters.length > 0 ? { Parameters: parameters } : {}),
    CreationTime: new Date(row.createdAt),
    ExecutionStatus: row.executionStatus,
    Status: row.status,
    ...(reason === undefined ? {} : { StatusReason: reason }),
    NotificationARNs: row.deployment.notificationArns,
    RollbackConfiguration: row.rollbackConfiguration ?? {},
    Capabilities: row.deployment.capabilities as never,
    ...(row.deployment.tags.length > 0 ? { Tags: row.deployment.tags } : {}),
    Changes: items,
    ...(next === undefined ? {} : { NextToken: next }),
    IncludeNestedStacks: row.includeNestedStacks,
    ...(row.importExistingResources ? { ImportExistingResources: true } : {}),
    ...(row.onStackFailure === undefined ? {} : { OnStackFailure: row.onStackFailure }),
    ...(row.drifted ? { DeploymentMode: 'REVERT_DRIFT', StackDriftStatus: stackDrift(row.drifted) } : {}),
    ...(row.parentId === undefined ? {} : { ParentChangeSetId: row.parentId }),
    ...(row.rootId === undefined ? {} : { RootChangeSetId: row.rootId }),
  };
};

const stackDrift = (drifted: Record<string, DriftedRow>): 'DRIFTED' | 'IN_SYNC' =>
  Object.values(drifted).some(({ status }) => status === 'DELETED' || status === 'MODIFIED') ? 'DRIFTED' : 'IN_SYNC';
