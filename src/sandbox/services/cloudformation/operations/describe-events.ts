import type {
  DescribeEventsCommandInput,
  DescribeEventsCommandOutput,
  OperationEvent,
} from '@aws-sdk/client-cloudformation';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { invalid, noStack } from '../faults.ts';
import { changeSetOr } from '../find-change-set.ts';
import { stackOr } from '../find-stack.ts';
import { type ChangeSetRow, eventsOf, type StackRow } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;

/** What happened to a stack, or what was found wrong with a change set before it could be executed. Newest first. */
export const describeEvents: Operation<DescribeEventsCommandInput, Answer<DescribeEventsCommandOutput>> = (
  input,
  call,
) => {
  const { ChangeSetName, StackName, Filters, NextToken } = input;
  if (StackName === undefined && !ChangeSetName?.startsWith('arn:'))
    throw invalid('One of ChangeSetName, OperationId or StackName must be specified');
  const events =
    ChangeSetName === undefined
      ? stackEvents(call, stackOr(call, StackName!, noStack))
      : validationEvents(changeSetOr(call, { ChangeSetName, ...(StackName === undefined ? {} : { StackName }) }));
  const chosen = Filters?.FailedEvents ? events.filter(({ EventType }) => EventType !== 'STACK_EVENT') : events;
  const { items, next } = page(chosen, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return { OperationEvents: items, ...(next === undefined ? {} : { NextToken: next }) };
};

function stackEvents(scope: Scope, { id }: StackRow): OperationEvent[] {
  return eventsOf(scope, id)
    .values()
    .reverse()
    .map((event) => ({
      EventId: event.id,
      StackId: id,
      EventType:
        /_FAILED$/.test(event.status) && event.type !== 'AWS::CloudFormation::Stack'
          ? 'PROVISIONING_ERROR'
          : 'STACK_EVENT',
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      Timestamp: new Date(event.at),
      ResourceStatus: event.status as never,
      ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
      ...(event.properties === undefined ? {} : { ResourceProperties: event.properties }),
      ...(event.token === undefined ? {} : { ClientRequestToken: event.token }),
    }));
}

function validationEvents({ stackId, validationErrors = [] }: ChangeSetRow): OperationEvent[] {
  return validationErrors.map(({ id, name, logicalId, type, reason, path, at }) => ({
    EventId: id,
    StackId: stackId,
    OperationType: 'CREATE_CHANGESET',
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: logicalId,
    PhysicalResourceId: '',
    ResourceType: type,
    Timestamp: new Date(at),
    ValidationFailureMode: 'FAIL',
    ValidationName: name,
    ValidationStatus: 'FAILED',
    ValidationStatusReason: reason,
    ValidationPath: path,
  }));
}
