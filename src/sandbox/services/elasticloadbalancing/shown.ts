import type { Listener, LoadBalancer, Rule, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Scope } from '../../kernel/scope.ts';
import { loadBalancersOf } from './in-use.ts';
import type { ListenerRow, LoadBalancerRow, RuleRow, TargetGroupRow } from './state.ts';

export function shownLoadBalancer(row: LoadBalancerRow): LoadBalancer {
  const { createdAt, state, attributes: _, networkInterfaceIds: __, ...rest } = row;
  return { ...rest, CreatedTime: new Date(createdAt), State: { Code: state } };
}

export function shownTargetGroup(scope: Scope, row: TargetGroupRow): TargetGroup {
  const { attributes: _, ...rest } = row;
  return { ...rest, LoadBalancerArns: loadBalancersOf(scope, row.TargetGroupArn) };
}

export function shownListener({ certificates, attributes: _, ...rest }: ListenerRow): Listener {
  const [first] = certificates;
  return { ...rest, ...(first ? { Certificates: [{ CertificateArn: first.CertificateArn }] } : {}) };
}

export function shownRule({ ListenerArn: _, ...rest }: RuleRow): Rule {
  return { ...rest, IsDefault: rest.Priority === 'default' };
}
