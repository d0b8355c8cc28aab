import type { ModifyListenerInput, ModifyListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checkedActions } from '../actions.ts';
import { defaultCertificate } from '../certificates.ts';
import { forwardedTo } from '../in-use.ts';
import { checkedProtocol, checkSslPolicy } from '../listener-settings.ts';
import { listenerOf, loadBalancerOf, rulesOfListener } from '../lookups.ts';
import { shownListener } from '../shown.ts';
import { DEFAULT_SSL_POLICY } from '../ssl-policies.ts';
import { listeners, rules } from '../state.ts';
import { followTargets } from '../target-health.ts';

export const modifyListener: Operation<ModifyListenerInput, ModifyListenerOutput> = (input, call) => {
  const before = listenerOf(call, input.ListenerArn);
  const balancer = loadBalancerOf(call, before.LoadBalancerArn);
  const Port = input.Port ?? before.Port;
  const Protocol = checkedProtocol(input.Protocol ?? before.Protocol);
  const taken = listeners
    .in(call)
    .values()
    .some(
      (other) =>
        other.ListenerArn !== before.ListenerArn &&
        other.LoadBalancerArn === before.LoadBalancerArn &&
        other.Port === Port,
    );
  if (taken) {
    throw new AwsFault(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${before.LoadBalancerArn}'`,
    );
  }
  const actions = input.DefaultActions?.length
    ? checkedActions(call, balancer, input.DefaultActions)
    : before.DefaultActions;
  const certificate =
    Protocol === 'HTTPS' && (input.Certificates?.length || before.certificates.length === 0)
      ? defaultCertificate(call, input.Certificates)
      : undefined;
  const policy = checkSslPolicy(input.SslPolicy ?? before.SslPolicy ?? DEFAULT_SSL_POLICY);

  const row = listeners.in(call).update(before.ListenerArn, (draft) => {
    Object.assign(draft, { Port, Protocol, DefaultActions: actions });
    if (Protocol === 'HTTPS') {
      draft.SslPolicy = policy;
      if (certificate) draft.certificates = [certificate, ...draft.certificates.slice(1)];
    } else {
      draft.certificates = [];
      delete draft.SslPolicy;
    }
  });
  const fallback = rulesOfListener(call, before.ListenerArn).find(({ Priority }) => Priority === 'default')!;
  rules.in(call).update(fallback.RuleArn, (draft) => {
    draft.Actions = [...actions];
  });
  for (const group of [...forwardedTo(before.DefaultActions), ...forwardedTo(actions)]) followTargets(call, group);
  return { Listeners: [shownListener(row)] };
};
