import type { SetRulePrioritiesInput, SetRulePrioritiesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { ruleOf, rulesOfListener } from '../lookups.ts';
import { checkPriority } from '../priorities.ts';
import { shownRule } from '../shown.ts';
import { rules } from '../state.ts';

/** All at once, so that two rules can change places. */
export const setRulePriorities: Operation<SetRulePrioritiesInput, SetRulePrioritiesOutput> = (input, call) => {
  const wanted = required(input.RulePriorities, 'rulePriorities').map(({ RuleArn, Priority }) => {
    const rule = ruleOf(call, RuleArn);
    if (rule.Priority === 'default') {
      throw new AwsFault('OperationNotPermitted', `Default rule '${RuleArn}' priority cannot be modified`);
    }
    return { rule, priority: String(checkPriority(required(Priority, 'rulePriorities.1.member.priority'))) };
  });
  for (const { rule, priority } of wanted) {
    const other = rulesOfListener(call, rule.ListenerArn).find((each) => each.Priority === priority);
    if (other && !wanted.some((each) => each.rule.RuleArn === other.RuleArn)) {
      throw new AwsFault('PriorityInUse', `Priority '${priority}' is currently in use`);
    }
  }
  return {
    Rules: wanted.map(({ rule, priority }) =>
      shownRule(
        rules.in(call).update(rule.RuleArn, (draft) => {
          draft.Priority = priority;
        }),
      ),
    ),
  };
};
