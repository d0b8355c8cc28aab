import type { CreateRuleInput, CreateRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checkedActions } from '../actions.ts';
import { ruleArn } from '../arns.ts';
import { checkedConditions } from '../conditions.ts';
import { required } from '../faults.ts';
import { forwardedTo } from '../in-use.ts';
import { listenerOf, loadBalancerOf, rulesOfListener } from '../lookups.ts';
import { checkPriority } from '../priorities.ts';
import { shownRule } from '../shown.ts';
import { listeners, rules } from '../state.ts';
import { putTags, validTags } from '../tagging.ts';
import { followTargets } from '../target-health.ts';

/** Default rules do not count: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const RULES_PER_BALANCER = 100;

export const createRule: Operation<CreateRuleInput, CreateRuleOutput> = (input, call) => {
  const { ListenerArn, LoadBalancerArn } = listenerOf(call, input.ListenerArn);
  const priority = checkPriority(required(input.Priority, 'priority'));
  const Conditions = checkedConditions(required(input.Conditions, 'conditions'));
  const tags = validTags(input.Tags);
  if (rulesOfListener(call, ListenerArn).some(({ Priority }) => Priority === String(priority))) {
    throw new AwsFault('PriorityInUse', `Priority '${priority}' is currently in use`);
  }
  const ofBalancer = rules
    .in(call)
    .values()
    .filter(
      (rule) =>
        rule.Priority !== 'default' && listeners.in(call).get(rule.ListenerArn)?.LoadBalancerArn === LoadBalancerArn,
    );
  if (ofBalancer.length >= RULES_PER_BALANCER) {
    throw new AwsFault('TooManyRules', 'The maximum number of rules on this load balancer has been reached.');
  }
  const Actions = checkedActions(call, loadBalancerOf(call, LoadBalancerArn), required(input.Actions, 'actions'));

  const RuleArn = ruleArn(ListenerArn);
  const row = rules.in(call).put(RuleArn, { RuleArn, ListenerArn, Priority: String(priority), Conditions, Actions });
  putTags(call, RuleArn, tags);
  for (const group of forwardedTo(Actions)) followTargets(call, group);
  return { Rules: [shownRule(row)] };
};
