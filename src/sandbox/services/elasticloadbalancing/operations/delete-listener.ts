import type { DeleteListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { forwardedTo } from '../in-use.ts';
import { listenerOf, rulesOfListener } from '../lookups.ts';
import { listeners, rules, tags } from '../state.ts';
import { followTargets } from '../target-health.ts';

export const deleteListener: Operation<DeleteListenerInput, Record<never, never>> = (input, call) => {
  const { ListenerArn } = listenerOf(call, input.ListenerArn);
  const gone = rulesOfListener(call, ListenerArn);
  for (const { RuleArn } of gone) {
    tags.in(call).delete(RuleArn);
    rules.in(call).delete(RuleArn);
  }
  tags.in(call).delete(ListenerArn);
  listeners.in(call).delete(ListenerArn);
  for (const group of gone.flatMap(({ Actions }) => forwardedTo(Actions))) followTargets(call, group);
  return {};
};
