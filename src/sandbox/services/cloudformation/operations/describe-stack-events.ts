import type { DescribeStackEventsCommandInput, DescribeStackEventsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { invalid } from '../faults.ts';
import { stackOr } from '../find-stack.ts';
import { eventsOf } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;

/** Newest first. */
export const describeStackEvents: Operation<
  DescribeStackEventsCommandInput,
  Answer<DescribeStackEventsCommandOutput>
> = ({ StackName, NextToken }, call) => {
  const stack = stackOr(call, StackName!, (name) => invalid(`Stack [${name}] does not exist`));
  const newestFirst = eventsOf(call, stack.id).values().reverse();
  const { items, next } = page(newestFirst, { size: PAGE_SIZE, token: NextToken, refuse: badToken });
  return {
    StackEvents: items.map((event) => ({
      StackId: stack.id,
      EventId: event.id,
      StackName: stack.name,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      Timestamp: new Date(event.at),
      ResourceStatus: event.status as never,
      ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
      ...(event.properties === undefined ? {} : { ResourceProperties: event.properties }),
      ...(event.token === undefined ? {} : { ClientRequestToken: event.token }),
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};
