import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { shownAttributes } from '../attributes.ts';
import { loadBalancerOf } from '../lookups.ts';

export const describeLoadBalancerAttributes: Operation<
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput
> = (input, call) => ({ Attributes: shownAttributes(loadBalancerOf(call, input.LoadBalancerArn).attributes) });
