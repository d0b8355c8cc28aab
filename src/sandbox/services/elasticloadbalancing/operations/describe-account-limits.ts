import type { DescribeAccountLimitsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const LIMITS: Readonly<Record<string, string>> = {
  'application-load-balancers': '50',
  'certificates-per-application-load-balancer': '25',
  'condition-values-per-alb-rule': '5',
  'condition-wildcards-per-alb-rule': '6',
  'listeners-per-application-load-balancer': '50',
  'rules-per-application-load-balancer': '100',
  'target-groups': '3000',
  'target-groups-per-action-on-application-load-balancer': '5',
  'target-groups-per-application-load-balancer': '100',
  'targets-per-application-load-balancer': '1000',
};

export const describeAccountLimits: Operation<object, DescribeAccountLimitsOutput> = () => ({
  Limits: Object.entries(LIMITS).map(([Name, Max]) => ({ Name, Max })),
});
