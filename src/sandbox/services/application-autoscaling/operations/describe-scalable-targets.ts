import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { onePage } from '../paging.ts';
import { targets } from '../state.ts';
import { checkName } from '../target-key.ts';

export const describeScalableTargets: Operation<DescribeScalableTargetsRequest, DescribeScalableTargetsResponse> = (
  input,
  call,
) => {
  checkName({ ...input, ResourceId: 'any' }, { dimension: false });
  const found = targets
    .in(call)
    .values()
    .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
    .filter(({ ResourceId }) => !input.ResourceIds?.length || input.ResourceIds.includes(ResourceId))
    .filter(({ ScalableDimension }) => !input.ScalableDimension || ScalableDimension === input.ScalableDimension);
  const { items, next } = onePage(found, input);
  return {
    ScalableTargets: items.map(({ createdAt, ...row }) => ({ ...row, CreationTime: new Date(createdAt) })),
    ...(next ? { NextToken: next } : {}),
  };
};
