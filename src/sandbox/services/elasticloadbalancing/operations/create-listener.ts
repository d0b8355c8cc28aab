import type { CreateListenerInput, CreateListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checkedActions } from '../actions.ts';
import { listenerArn, ruleArn } from '../arns.ts';
import { LISTENER_ATTRIBUTES } from '../attributes.ts';
import { defaultCertificate } from '../certificates.ts';
import { invalid, required } from '../faults.ts';
import { forwardedTo } from '../in-use.ts';
import { checkedProtocol, checkSslPolicy } from '../listener-settings.ts';
import { loadBalancerOf } from '../lookups.ts';
import { shownListener } from '../shown.ts';
import { DEFAULT_SSL_POLICY } from '../ssl-policies.ts';
import { listeners, rules } from '../state.ts';
import { putTags, validTags } from '../tagging.ts';
import { followTargets } from '../target-health.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const LISTENERS_PER_BALANCER = 50;

export const createListener: Operation<CreateListenerInput, CreateListenerOutput> = (input, call) => {
  const balancer = loadBalancerOf(call, input.LoadBalancerArn);
  const { Port } = input;
  const Protocol = checkedProtocol(input.Protocol);
  if (Port === undefined || Port < 1 || Port > 65_535) throw invalid(`A port must be specified`);
  const tags = validTags(input.Tags);
  const all = listeners
    .in(call)
    .values()
    .filter(({ LoadBalancerArn }) => LoadBalancerArn === balancer.LoadBalancerArn);
  if (all.some((listener) => listener.Port === Port)) {
    throw new AwsFault(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${balancer.LoadBalancerArn}'`,
    );
  }
  if (all.length >= LISTENERS_PER_BALANCER) {
    throw new AwsFault('TooManyListeners', 'The maximum number of listeners on this load balancer has been reached.');
  }
  if (Protocol === 'HTTP' && input.Certificates?.length) {
    throw invalid('A certificate cannot be specified for HTTP listeners');
  }
  const secure =
    Protocol === 'HTTPS'
      ? {
          certificates: [defaultCertificate(call, input.Certificates)],
          SslPolicy: checkSslPolicy(input.SslPolicy ?? DEFAULT_SSL_POLICY),
        }
      : { certificates: [] };
  const actions = checkedActions(call, balancer, required(input.DefaultActions, 'defaultActions'));

  const ListenerArn = listenerArn(balancer.LoadBalancerArn);
  const row = listeners.in(call).put(ListenerArn, {
    ListenerArn,
    LoadBalancerArn: balancer.LoadBalancerArn,
    Port,
    Protocol,
    DefaultActions: actions,
    attributes: { ...LISTENER_ATTRIBUTES },
    ...secure,
  });
  const RuleArn = ruleArn(ListenerArn);
  rules.in(call).put(RuleArn, { RuleArn, ListenerArn, Priority: 'default', Conditions: [], Actions: actions });
  putTags(call, ListenerArn, tags);
  for (const group of forwardedTo(actions)) followTargets(call, group);
  return { Listeners: [shownListener(row)] };
};
