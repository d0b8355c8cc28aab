import type {
  Action,
  Certificate,
  LoadBalancer,
  RuleCondition,
  Tag,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineTable } from '../../kernel/scope.ts';

type Filled<T, Keys extends keyof T> = T & { [Key in Keys]-?: Exclude<T[Key], undefined> };

export type LoadBalancerRow = Omit<
  Filled<
    LoadBalancer,
    'LoadBalancerArn' | 'LoadBalancerName' | 'VpcId' | 'SecurityGroups' | 'AvailabilityZones' | 'Scheme'
  >,
  'CreatedTime' | 'State'
> & {
  createdAt: number;
  state: 'provisioning' | 'active';
  attributes: Record<string, string>;
  networkInterfaceIds: string[];
};

/** Which load balancers use it is not kept but found, from listeners and rules. */
export type TargetGroupRow = Omit<
  Filled<TargetGroup, 'TargetGroupArn' | 'TargetGroupName' | 'TargetType'>,
  'LoadBalancerArns'
> & {
  attributes: Record<string, string>;
};

export interface ListenerRow {
  ListenerArn: string;
  LoadBalancerArn: string;
  Port: number;
  Protocol: 'HTTP' | 'HTTPS';
  SslPolicy?: string;
  /** The default certificate first, then those added for SNI. */
  certificates: Certificate[];
  DefaultActions: Action[];
  attributes: Record<string, string>;
}

export interface RuleRow {
  RuleArn: string;
  ListenerArn: string;
  /** `default` for the rule that a listener's default actions are. */
  Priority: string;
  Conditions: RuleCondition[];
  Actions: Action[];
}

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

export interface TargetRow {
  targetGroupArn: string;
  id: string;
  port: number;
  availabilityZone?: string;
  state: TargetState;
  reason?: string;
  description?: string;
  /** Health checks passed or failed one after the other. */
  passed: number;
  failed: number;
  /** The timer of the next check or of the end of draining. */
  timer?: string;
}

export const loadBalancers = defineTable<LoadBalancerRow>('elasticloadbalancing.load-balancers');
export const targetGroups = defineTable<TargetGroupRow>('elasticloadbalancing.target-groups');
export const listeners = defineTable<ListenerRow>('elasticloadbalancing.listeners');
export const rules = defineTable<RuleRow>('elasticloadbalancing.rules');
export const targets = defineTable<TargetRow>('elasticloadbalancing.targets');

/** Tags by the ARN of what bears them. */
export const tags = defineTable<{ tags: Tag[] }>('elasticloadbalancing.tags');
