import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { interfaceAt } from '../ec2/reachability.ts';
import { missing } from './faults.ts';
import { hasLoadBalancer } from './in-use.ts';
import { targetGroups, targets } from './state.ts';
import { followTargets, targetKey } from './target-health.ts';

export interface TargetAddress {
  targetGroupArn: string;
  /** An IP address or an instance id. */
  id: string;
  port: number;
}

/** Registers a target, as ECS does for its tasks; health checks begin when a load balancer leads to the group. */
export function registerTarget(scope: Scope, { targetGroupArn, id, port }: TargetAddress): void {
  const group = targetGroups.in(scope).get(targetGroupArn);
  if (!group) throw missing.targetGroup();
  const key = targetKey(targetGroupArn, id, port);
  const before = targets.in(scope).get(key);
  if (before && before.state !== 'draining') return;
  if (before?.timer) scope.world.cancel(before.timer);
  const zone = group.VpcId ? interfaceAt(scope, group.VpcId, id)?.AvailabilityZone : undefined;
  targets.in(scope).put(key, {
    targetGroupArn,
    id,
    port,
    ...(zone ? { availabilityZone: zone } : {}),
    state: 'unused',
    reason: 'Target.NotInUse',
    description: 'Target group is not configured to receive traffic from the load balancer',
    passed: 0,
    failed: 0,
  });
  followTargets(scope, targetGroupArn);
}

/**
 * Takes a target out: it drains for the group's deregistration delay, shown as `draining`, then it is gone. One that
 * no load balancer reaches is gone at once. Answers with the virtual milliseconds until then.
 */
export function deregisterTarget(scope: Scope, { targetGroupArn, id, port }: TargetAddress): number {
  const key = targetKey(targetGroupArn, id, port);
  const row = targets.in(scope).get(key);
  const group = targetGroups.in(scope).get(targetGroupArn);
  if (!row || !group) return 0;
  const afterMs = Number(group.attributes['deregistration_delay.timeout_seconds']) * 1000;
  if (row.state === 'draining') return afterMs;
  if (row.timer) scope.world.cancel(row.timer);
  if (row.state === 'unused' || !hasLoadBalancer(scope, targetGroupArn) || afterMs === 0) {
    targets.in(scope).delete(key);
    return 0;
  }
  const timer = scope.world.schedule(scope, { afterMs, kind: 'elasticloadbalancing.drained', payload: { key } });
  targets.in(scope).update(key, (draft) => {
    draft.state = 'draining';
    draft.reason = 'Target.DeregistrationInProgress';
    draft.description = 'Target deregistration is in progress';
    draft.timer = timer;
  });
  return afterMs;
}

/** What DescribeTargetHealth says of a target that was asked for by name and is not there. */
export const NOT_REGISTERED: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

export const targetTimers: Readonly<Record<string, TimerHandler>> = {
  'elasticloadbalancing.drained': ({ key }: { key: string }, scope) => {
    if (targets.in(scope).get(key)?.state === 'draining') targets.in(scope).delete(key);
  },
};
