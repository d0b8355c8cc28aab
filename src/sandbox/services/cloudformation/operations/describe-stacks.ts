import type { DescribeStacksCommandInput, DescribeStacksCommandOutput, Stack } from '@aws-sdk/client-cloudformation';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { behaves } from '../as-of.ts';
import { invalid, noStackWithId } from '../faults.ts';
import { stackOr } from '../find-stack.ts';
import { type Deployment, type StackRow, stacks } from '../state.ts';

const PAGE_SIZE = 100;

export const describeStacks: Operation<DescribeStacksCommandInput, Answer<DescribeStacksCommandOutput>> = (
  { StackName, NextToken },
  call,
) => {
  if (StackName !== undefined && StackName !== '')
    return { Stacks: [shownStack(call, stackOr(call, StackName, noStackWithId))] };
  const living = stacks
    .in(call)
    .values()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .reverse();
  const { items, next } = page(living, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return { Stacks: items.map((stack) => shownStack(call, stack)), ...(next === undefined ? {} : { NextToken: next }) };
};

export const badToken = (): never => {
  throw invalid('Token is not valid');
};

export function shownStack(scope: Scope, stack: StackRow): Stack {
  const { deployment, outputs, status } = stack;
  const deleted = status === 'DELETE_COMPLETE';
  const parameters = shownParameters(deployment);
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId === undefined ? {} : { ChangeSetId: stack.changeSetId }),
    ...(deployment.description === undefined ? {} : { Description: deployment.description }),
    ...(parameters.length > 0 ? { Parameters: parameters } : {}),
    CreationTime: new Date(stack.createdAt),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    RollbackConfiguration: stack.rollbackConfiguration ?? {},
    StackStatus: status,
    ...(stack.statusReason === undefined ? {} : { StackStatusReason: stack.statusReason }),
    DisableRollback: stack.disableRollback,
    NotificationARNs: deployment.notificationArns,
    ...(stack.timeoutMinutes === undefined ? {} : { TimeoutInMinutes: stack.timeoutMinutes }),
    ...(deployment.capabilities.length > 0 ? { Capabilities: deployment.capabilities as never } : {}),
    ...(outputs.length > 0 && !deleted
      ? {
          Outputs: outputs.map(({ key, value, description, exportName }) => ({
            OutputKey: key,
            OutputValue: value,
            ...(description === undefined ? {} : { Description: description }),
            ...(exportName === undefined ? {} : { ExportName: exportName }),
          })),
        }
      : {}),
    ...(stack.roleArn === undefined ? {} : { RoleARN: stack.roleArn }),
    Tags: deployment.tags,
    ...(deleted ? {} : { EnableTerminationProtection: stack.terminationProtection }),
    ...(stack.lastOperation && behaves(scope, 'lastOperations')
      ? { LastOperations: [{ OperationType: stack.lastOperation.type, OperationId: stack.lastOperation.id }] }
      : {}),
    ...(stack.parentId === undefined ? {} : { ParentId: stack.parentId }),
    ...(stack.rootId === undefined ? {} : { RootId: stack.rootId }),
    DriftInformation: stack.drift
      ? { StackDriftStatus: stack.drift.status, LastCheckTimestamp: new Date(stack.drift.checkedAt) }
      : { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** Values of NoEcho parameters never come out again. */
export function shownParameters({
  parameters,
  noEcho,
}: Deployment): { ParameterKey: string; ParameterValue: string; ResolvedValue?: string }[] {
  return parameters.map(({ key, value, resolved }) => ({
    ParameterKey: key,
    ParameterValue: noEcho.includes(key) ? '****' : value,
    ...(resolved === undefined ? {} : { ResolvedValue: resolved }),
  }));
}
