import type { DeleteRuleInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { forwardedTo } from '../in-use.ts';
import { ruleOf } from '../lookups.ts';
import { rules, tags } from '../state.ts';
import { followTargets } from '../target-health.ts';

export const deleteRule: Operation<DeleteRuleInput, Record<never, never>> = (input, call) => {
  const { RuleArn, Priority, Actions } = ruleOf(call, input.RuleArn);
  if (Priority === 'default') {
    throw new AwsFault('OperationNotPermitted', `Default rule '${RuleArn}' cannot be deleted`);
  }
  tags.in(call).delete(RuleArn);
  rules.in(call).delete(RuleArn);
  for (const group of forwardedTo(Actions)) followTargets(call, group);
  return {};
};
