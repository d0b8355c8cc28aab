import type { DeleteTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { forwardedTo, hasLoadBalancer } from '../in-use.ts';
import { listeners, rules, tags, targetGroups, targets } from '../state.ts';
import { targetKey, targetsOf } from '../target-health.ts';

/** Refused while a listener or a rule names it; one that is gone already is no error. */
export const deleteTargetGroup: Operation<DeleteTargetGroupInput, Record<never, never>> = (input, call) => {
  const arn = required(input.TargetGroupArn, 'targetGroupArn');
  const isNamed =
    hasLoadBalancer(call, arn) ||
    listeners
      .in(call)
      .values()
      .some(({ DefaultActions }) => forwardedTo(DefaultActions).includes(arn)) ||
    rules
      .in(call)
      .values()
      .some(({ Actions }) => forwardedTo(Actions).includes(arn));
  if (isNamed) {
    throw new AwsFault('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
  }
  for (const { id, port, timer } of targetsOf(call, arn)) {
    if (timer) call.world.cancel(timer);
    targets.in(call).delete(targetKey(arn, id, port));
  }
  tags.in(call).delete(arn);
  targetGroups.in(call).delete(arn);
  return {};
};
