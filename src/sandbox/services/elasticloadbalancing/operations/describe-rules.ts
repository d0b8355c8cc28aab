import type { DescribeRulesInput, DescribeRulesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { listenerOf, ruleOf, rulesOfListener } from '../lookups.ts';
import { onePage } from '../paging.ts';
import { shownRule } from '../shown.ts';

/** In the order in which they are tried: by priority, the default rule last. */
export const describeRules: Operation<DescribeRulesInput, DescribeRulesOutput> = (input, call) => {
  if (!input.ListenerArn === !input.RuleArns?.length) {
    throw invalid('You must specify either listener rule ARNs or a listener ARN');
  }
  const found = input.RuleArns?.length
    ? input.RuleArns.map((arn) => ruleOf(call, arn))
    : rulesOfListener(call, listenerOf(call, input.ListenerArn).ListenerArn);
  const order = (priority: string) => (priority === 'default' ? Infinity : Number(priority));
  const sorted = found.toSorted((a, b) => order(a.Priority) - order(b.Priority));
  const { items, next } = onePage(sorted, input);
  return { Rules: items.map(shownRule), NextMarker: next };
};
