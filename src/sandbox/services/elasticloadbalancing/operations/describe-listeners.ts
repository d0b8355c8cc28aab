import type { DescribeListenersInput, DescribeListenersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { listenerOf, loadBalancerOf } from '../lookups.ts';
import { onePage } from '../paging.ts';
import { shownListener } from '../shown.ts';
import { listeners } from '../state.ts';

export const describeListeners: Operation<DescribeListenersInput, DescribeListenersOutput> = (input, call) => {
  if (!input.LoadBalancerArn && !input.ListenerArns?.length) {
    throw invalid('You must specify either listener ARNs or a load balancer ARN');
  }
  if (input.LoadBalancerArn && input.ListenerArns?.length) {
    throw invalid('Listener ARNs and a load balancer ARN cannot be specified at the same time');
  }
  const found = input.ListenerArns?.length
    ? input.ListenerArns.map((arn) => listenerOf(call, arn))
    : listeners
        .in(call)
        .values()
        .filter(
          ({ LoadBalancerArn }) => LoadBalancerArn === loadBalancerOf(call, input.LoadBalancerArn).LoadBalancerArn,
        );
  if (input.LoadBalancerArn) loadBalancerOf(call, input.LoadBalancerArn);
  const { items, next } = onePage(found, input);
  return { Listeners: items.map(shownListener), NextMarker: next };
};
