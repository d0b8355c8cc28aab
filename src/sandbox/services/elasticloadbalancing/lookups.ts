import type { Scope } from '../../kernel/scope.ts';
import { invalid, missing, required } from './faults.ts';
import {
  type ListenerRow,
  type LoadBalancerRow,
  listeners,
  loadBalancers,
  type RuleRow,
  rules,
  type TargetGroupRow,
  targetGroups,
} from './state.ts';

export function loadBalancerOf(scope: Scope, arn: string | undefined): LoadBalancerRow {
  const row = loadBalancers.in(scope).get(validArn(required(arn, 'loadBalancerArn'), 'loadbalancer'));
  if (!row) throw missing.loadBalancer();
  return row;
}

export function targetGroupOf(scope: Scope, arn: string | undefined): TargetGroupRow {
  const row = targetGroups.in(scope).get(validArn(required(arn, 'targetGroupArn'), 'targetgroup'));
  if (!row) throw missing.targetGroup();
  return row;
}

export function listenerOf(scope: Scope, arn: string | undefined): ListenerRow {
  const row = listeners.in(scope).get(validArn(required(arn, 'listenerArn'), 'listener'));
  if (!row) throw missing.listener();
  return row;
}

export function ruleOf(scope: Scope, arn: string | undefined): RuleRow {
  const row = rules.in(scope).get(validArn(required(arn, 'ruleArn'), 'listener-rule'));
  if (!row) throw missing.rule();
  return row;
}

export const rulesOfListener = (scope: Scope, arn: string): RuleRow[] =>
  rules
    .in(scope)
    .values()
    .filter(({ ListenerArn }) => ListenerArn === arn);

const WORDS: Readonly<Record<string, string>> = {
  loadbalancer: 'load balancer',
  targetgroup: 'target group',
  listener: 'listener',
  'listener-rule': 'listener rule',
};

function validArn(arn: string, kind: string): string {
  if (!new RegExp(`^arn:aws[\\w-]*:elasticloadbalancing:[\\w-]+:\\d{12}:${kind}/.+$`).test(arn)) {
    throw invalid(`'${arn}' is not a valid ${WORDS[kind]} ARN`);
  }
  return arn;
}
