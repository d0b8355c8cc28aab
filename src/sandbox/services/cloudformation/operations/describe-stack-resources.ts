import type {
  DescribeStackResourceCommandInput,
  DescribeStackResourceCommandOutput,
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput,
  ListStackResourcesCommandInput,
  ListStackResourcesCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { invalid, noStackWithId } from '../faults.ts';
import { livingStackOr, stackOr } from '../find-stack.ts';
import { type ResourceRow, resourcesOf, type StackRow, stacks } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;

export const describeStackResources: Operation<
  DescribeStackResourcesCommandInput,
  Answer<DescribeStackResourcesCommandOutput>
> = ({ StackName, LogicalResourceId, PhysicalResourceId }, call) => {
  if (StackName === undefined && PhysicalResourceId === undefined)
    throw invalid('Either StackName or PhysicalResourceId must be specified');
  if (StackName !== undefined && PhysicalResourceId !== undefined)
    throw invalid('Cannot specify both StackName and PhysicalResourceId');
  const stack = StackName === undefined ? ownerOf(call, PhysicalResourceId!) : stackOr(call, StackName, noStackWithId);
  const rows = shownRows(call, stack).filter(
    (row) => LogicalResourceId === undefined || row.logicalId === LogicalResourceId,
  );
  if (LogicalResourceId !== undefined && rows.length === 0)
    throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
  return {
    StackResources: rows.slice(0, PAGE_SIZE).map((row) => ({
      StackName: stack.name,
      StackId: stack.id,
      ...shownResource(row),
      Timestamp: new Date(row.updatedAt),
      DriftInformation: driftOf(row),
    })),
  };
};

export const describeStackResource: Operation<
  DescribeStackResourceCommandInput,
  Answer<DescribeStackResourceCommandOutput>
> = ({ StackName, LogicalResourceId }, call) => {
  const stack = stackOr(call, StackName!, (name) => invalid(`Stack '${name}' does not exist`));
  const row = resourcesOf(call, stack.id).get(LogicalResourceId!);
  const gone = row?.status === 'DELETE_COMPLETE' && stack.status !== 'DELETE_COMPLETE';
  if (!row || gone) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
  return {
    StackResourceDetail: {
      StackName: stack.name,
      StackId: stack.id,
      ...shownResource(row),
      LastUpdatedTimestamp: new Date(row.updatedAt),
      Metadata: JSON.stringify(row.metadata ?? {}),
      DriftInformation: driftOf(row),
    },
  };
};

export const listStackResources: Operation<ListStackResourcesCommandInput, Answer<ListStackResourcesCommandOutput>> = (
  { StackName, NextToken },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStackWithId);
  const { items, next } = page(shownRows(call, stack), { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return {
    StackResourceSummaries: items.map((row) => ({
      ...shownResource(row),
      LastUpdatedTimestamp: new Date(row.updatedAt),
      DriftInformation: driftOf(row),
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

function shownResource({ logicalId, physicalId, type, status, statusReason }: ResourceRow) {
  return {
    LogicalResourceId: logicalId,
    ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
    ResourceType: type,
    ResourceStatus: status,
    ...(statusReason === undefined ? {} : { ResourceStatusReason: statusReason }),
  };
}

const driftOf = ({ drift }: ResourceRow) =>
  drift
    ? { StackResourceDriftStatus: drift.status, LastCheckTimestamp: new Date(drift.checkedAt) }
    : ({ StackResourceDriftStatus: 'NOT_CHECKED' } as const);

/** By logical id, as AWS gives them. */
const shownRows = (scope: Scope, { id }: StackRow): ResourceRow[] =>
  resourcesOf(scope, id)
    .values()
    .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));

function ownerOf(scope: Scope, physicalId: string): StackRow {
  const owner = stacks
    .in(scope)
    .values()
    .find(
      (stack) =>
        stack.status !== 'DELETE_COMPLETE' &&
        resourcesOf(scope, stack.id)
          .values()
          .some((row) => row.physicalId === physicalId),
    );
  if (!owner) throw invalid(`Stack for ${physicalId} does not exist`);
  return owner;
}
