import type {
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { changedAttributes, LOAD_BALANCER_ATTRIBUTES, shownAttributes } from '../attributes.ts';
import { required } from '../faults.ts';
import { tryLogBuckets } from '../log-buckets.ts';
import { loadBalancerOf } from '../lookups.ts';
import { loadBalancers } from '../state.ts';

export const modifyLoadBalancerAttributes: Operation<
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput
> = (input, call) => {
  const { LoadBalancerArn, attributes } = loadBalancerOf(call, input.LoadBalancerArn);
  const changes = required(input.Attributes, 'attributes');
  const after = changedAttributes(attributes, changes, LOAD_BALANCER_ATTRIBUTES, 'Load balancer');
  tryLogBuckets(
    call,
    after,
    changes.map(({ Key = '' }) => Key),
  );
  loadBalancers.in(call).update(LoadBalancerArn, (draft) => {
    draft.attributes = after;
  });
  return { Attributes: shownAttributes(after) };
};
