import type {
  DescribeScalingActivitiesRequest,
  DescribeScalingActivitiesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { onePage } from '../paging.ts';
import { activities } from '../state.ts';
import { checkName } from '../target-key.ts';

/** The latest first. */
export const describeScalingActivities: Operation<
  DescribeScalingActivitiesRequest,
  DescribeScalingActivitiesResponse
> = (input, call) => {
  checkName({ ...input, ResourceId: 'any' }, { dimension: false });
  const found = activities
    .in(call)
    .values()
    .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
    .filter(({ ResourceId }) => !input.ResourceId || ResourceId === input.ResourceId)
    .toReversed();
  const { items, next } = onePage(found, input);
  return {
    ScalingActivities: items.map(({ startedAt, endedAt, ...row }) => ({
      ...row,
      StartTime: new Date(startedAt),
      EndTime: new Date(endedAt),
    })),
    ...(next ? { NextToken: next } : {}),
  };
};
