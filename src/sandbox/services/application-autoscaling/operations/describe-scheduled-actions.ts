import type {
  DescribeScheduledActionsRequest,
  DescribeScheduledActionsResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { onePage } from '../paging.ts';
import { actions } from '../state.ts';
import { checkName } from '../target-key.ts';

export const describeScheduledActions: Operation<DescribeScheduledActionsRequest, DescribeScheduledActionsResponse> = (
  input,
  call,
) => {
  checkName({ ...input, ResourceId: 'any' }, { dimension: false });
  const found = actions
    .in(call)
    .values()
    .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
    .filter(({ ResourceId }) => !input.ResourceId || ResourceId === input.ResourceId)
    .filter(({ ScalableDimension }) => !input.ScalableDimension || ScalableDimension === input.ScalableDimension)
    .filter(
      ({ ScheduledActionName }) =>
        !input.ScheduledActionNames?.length || input.ScheduledActionNames.includes(ScheduledActionName),
    );
  const { items, next } = onePage(found, input);
  return {
    ScheduledActions: items.map(({ createdAt, startsAt, endsAt, timer: _, ...row }) => ({
      ...row,
      CreationTime: new Date(createdAt),
      ...(startsAt === undefined ? {} : { StartTime: new Date(startsAt) }),
      ...(endsAt === undefined ? {} : { EndTime: new Date(endsAt) }),
    })),
    ...(next ? { NextToken: next } : {}),
  };
};
