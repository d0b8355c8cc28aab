import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { invalid, missing } from '../faults.ts';
import { loadBalancerOf } from '../lookups.ts';
import { onePage } from '../paging.ts';
import { shownLoadBalancer } from '../shown.ts';
import { loadBalancers } from '../state.ts';

export const describeLoadBalancers: Operation<DescribeLoadBalancersInput, DescribeLoadBalancersOutput> = (
  input,
  call,
) => {
  if (input.LoadBalancerArns?.length && input.Names?.length) {
    throw invalid('Load balancer names and load balancer ARNs cannot be specified at the same time');
  }
  for (const arn of input.LoadBalancerArns ?? []) loadBalancerOf(call, arn);
  const found = loadBalancers
    .in(call)
    .values()
    .filter(
      ({ LoadBalancerArn }) => !input.LoadBalancerArns?.length || input.LoadBalancerArns.includes(LoadBalancerArn),
    )
    .filter(({ LoadBalancerName }) => !input.Names?.length || input.Names.includes(LoadBalancerName));
  if (input.Names?.some((name) => !found.some(({ LoadBalancerName }) => LoadBalancerName === name))) {
    throw missing.loadBalancer();
  }
  const { items, next } = onePage(found, input);
  return { LoadBalancers: items.map(shownLoadBalancer), NextMarker: next };
};
