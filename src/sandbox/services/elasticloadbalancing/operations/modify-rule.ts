import type { ModifyRuleInput, ModifyRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checkedActions } from '../actions.ts';
import { checkedConditions } from '../conditions.ts';
import { forwardedTo } from '../in-use.ts';
import { listenerOf, loadBalancerOf, ruleOf } from '../lookups.ts';
import { shownRule } from '../shown.ts';
import { rules } from '../state.ts';
import { followTargets } from '../target-health.ts';

export const modifyRule: Operation<ModifyRuleInput, ModifyRuleOutput> = (input, call) => {
  const before = ruleOf(call, input.RuleArn);
  if (before.Priority === 'default') {
    throw new AwsFault('OperationNotPermitted', `Default rule '${before.RuleArn}' cannot be modified`);
  }
  const balancer = loadBalancerOf(call, listenerOf(call, before.ListenerArn).LoadBalancerArn);
  const Conditions = input.Conditions?.length ? checkedConditions(input.Conditions) : before.Conditions;
  const Actions = input.Actions?.length ? checkedActions(call, balancer, input.Actions) : before.Actions;
  const row = rules.in(call).update(before.RuleArn, (draft) => {
    Object.assign(draft, { Conditions, Actions });
  });
  for (const group of [...forwardedTo(before.Actions), ...forwardedTo(Actions)]) followTargets(call, group);
  return { Rules: [shownRule(row)] };
};
