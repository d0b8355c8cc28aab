import type {
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { onePage } from '../paging.ts';
import { policies } from '../state.ts';
import { checkName } from '../target-key.ts';

export const describeScalingPolicies: Operation<DescribeScalingPoliciesRequest, DescribeScalingPoliciesResponse> = (
  input,
  call,
) => {
  checkName({ ...input, ResourceId: 'any' }, { dimension: false });
  const found = policies
    .in(call)
    .values()
    .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
    .filter(({ ResourceId }) => !input.ResourceId || ResourceId === input.ResourceId)
    .filter(({ ScalableDimension }) => !input.ScalableDimension || ScalableDimension === input.ScalableDimension)
    .filter(({ PolicyName }) => !input.PolicyNames?.length || input.PolicyNames.includes(PolicyName));
  const { items, next } = onePage(found, input);
  return {
    ScalingPolicies: items.map(({ createdAt, ...row }) => ({ ...row, CreationTime: new Date(createdAt) })),
    ...(next ? { NextToken: next } : {}),
  };
};
