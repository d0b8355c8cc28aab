import type { DeregisterScalableTargetRequest } from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { actions, policies, tags, targets } from '../state.ts';
import { checkName, targetKey, targetOf } from '../target-key.ts';
import { deleteScalingPolicy } from './delete-scaling-policy.ts';

/** Policies and scheduled actions go with the target. */
export const deregisterScalableTarget: Operation<DeregisterScalableTargetRequest, Record<never, never>> = async (
  input,
  call,
) => {
  checkName(input);
  const { ScalableTargetARN } = targetOf(call, input);
  const key = targetKey(input);
  for (const policy of policies.in(call).values())
    if (targetKey(policy) === key) await deleteScalingPolicy(policy, call);
  for (const [id, action] of actions.in(call).entries()) {
    if (targetKey(action) !== key) continue;
    if (action.timer) call.world.cancel(action.timer);
    actions.in(call).delete(id);
  }
  tags.in(call).delete(ScalableTargetARN);
  targets.in(call).delete(key);
  return {};
};
