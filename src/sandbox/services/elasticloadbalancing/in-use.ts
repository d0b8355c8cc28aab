import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Scope } from '../../kernel/scope.ts';
import { listeners, rules } from './state.ts';

/** Target groups that actions forward to. */
export const forwardedTo = (actions: readonly Action[]): string[] =>
  actions.flatMap((action) => [
    ...(action.TargetGroupArn ? [action.TargetGroupArn] : []),
    ...(action.ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
  ]);

/** The load balancers that send traffic to a target group: by a listener's default actions or by a rule. */
export function loadBalancersOf(scope: Scope, targetGroupArn: string): string[] {
  const arns = rules
    .in(scope)
    .values()
    .filter(({ Actions }) => forwardedTo(Actions).includes(targetGroupArn))
    .flatMap(({ ListenerArn }) => listeners.in(scope).get(ListenerArn)?.LoadBalancerArn ?? []);
  return [...new Set(arns)];
}

/**
 * Whether any listener or rule leads to a target group. ECS refuses a service whose group has none: "The target group
 * with targetGroupArn … does not have an associated load balancer."
 */
export const hasLoadBalancer = (scope: Scope, targetGroupArn: string): boolean =>
  loadBalancersOf(scope, targetGroupArn).length > 0;

/** ARNs of load balancers by the certificate that their listeners show: what ACM answers as `InUseBy`. */
export function certificateUsers(scope: Scope, certificateArn: string): string[] {
  const arns = listeners
    .in(scope)
    .values()
    .filter(({ certificates }) => certificates.some(({ CertificateArn }) => CertificateArn === certificateArn))
    .map(({ LoadBalancerArn }) => LoadBalancerArn);
  return [...new Set(arns)];
}

/** Target groups that a load balancer's listeners and rules lead to. */
export function targetGroupsOf(scope: Scope, loadBalancerArn: string): string[] {
  const arns = rules
    .in(scope)
    .values()
    .filter(({ ListenerArn }) => listeners.in(scope).get(ListenerArn)?.LoadBalancerArn === loadBalancerArn)
    .flatMap(({ Actions }) => forwardedTo(Actions));
  return [...new Set(arns)];
}
