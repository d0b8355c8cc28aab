import type { DeleteLoadBalancerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { INTERFACES_GO_MS } from '../load-balancer-timers.ts';
import { listeners, loadBalancers, tags } from '../state.ts';
import { deleteListener } from './delete-listener.ts';

/** Its listeners and rules go with it; a load balancer that is gone already is no error. */
export const deleteLoadBalancer: Operation<DeleteLoadBalancerInput, Record<never, never>> = async (input, call) => {
  const arn = required(input.LoadBalancerArn, 'loadBalancerArn');
  const row = loadBalancers.in(call).get(arn);
  if (!row) return {};
  if (row.attributes['deletion_protection.enabled'] === 'true') {
    throw new AwsFault(
      'OperationNotPermitted',
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  for (const listener of listeners.in(call).values()) {
    if (listener.LoadBalancerArn === arn) await deleteListener({ ListenerArn: listener.ListenerArn }, call);
  }
  call.world.schedule(call, {
    afterMs: INTERFACES_GO_MS,
    kind: 'elasticloadbalancing.interfaces-gone',
    payload: { ids: row.networkInterfaceIds },
  });
  tags.in(call).delete(arn);
  loadBalancers.in(call).delete(arn);
  return {};
};
