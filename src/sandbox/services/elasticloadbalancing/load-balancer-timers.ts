import type { TimerHandler } from '../../kernel/service-definition.ts';
import { deleteNetworkInterfaceOf } from '../ec2/network-interfaces.ts';
import { targetGroupsOf } from './in-use.ts';
import { loadBalancers } from './state.ts';
import { followTargets } from './target-health.ts';

/** Two to three minutes in CloudFormation events that people post. */
export const PROVISIONING_MS = 150_000;
/** Interfaces outlive a deleted load balancer by minutes, which is why its groups cannot go at once. */
export const INTERFACES_GO_MS = 90_000;

export const loadBalancerTimers: Readonly<Record<string, TimerHandler>> = {
  'elasticloadbalancing.active': ({ arn }: { arn: string }, scope) => {
    if (loadBalancers.in(scope).get(arn)?.state !== 'provisioning') return;
    loadBalancers.in(scope).update(arn, (draft) => {
      draft.state = 'active';
    });
    for (const group of targetGroupsOf(scope, arn)) followTargets(scope, group);
  },
  'elasticloadbalancing.interfaces-gone': ({ ids }: { ids: string[] }, scope) => {
    for (const id of ids) deleteNetworkInterfaceOf(scope, id);
  },
};
