import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Session } from '../../context.ts';

type Powers = Pick<Session['aws'], 'elb'>;

/** Two target groups that take turns, and the rule that gives each its share. */
export interface Pair {
  rule: string;
  primary: string;
  alternate: string;
}

/** Shares of the requests, in percent as a rule. */
export interface Traffic {
  primary: number;
  alternate: number;
}

/** Undefined for a service whose requests always go to the same group. */
export function pairOf(loadBalancers: readonly LoadBalancer[] = []): Pair | undefined {
  for (const { targetGroupArn: primary, advancedConfiguration } of loadBalancers) {
    const { alternateTargetGroupArn: alternate, productionListenerRule: rule } = advancedConfiguration ?? {};
    if (primary && alternate && rule) return { rule, primary, alternate };
  }
  return undefined;
}

/** What the live rule gives each of the two; undefined when the rule is gone. */
export async function readTraffic({ elb }: Powers, pair: Pair): Promise<Traffic | undefined> {
  const rule = await elb.rule(pair.rule);
  return rule && { primary: weightOf(rule, pair.primary), alternate: weightOf(rule, pair.alternate) };
}

/** An action that names a single group has no weights, and gives it everything. */
function weightOf({ Actions = [] }: Rule, arn: string): number {
  const forward = Actions.find(({ Type }) => Type === 'forward');
  const groups = forward?.ForwardConfig?.TargetGroups ?? [];
  if (groups.length <= 1) return (groups[0]?.TargetGroupArn ?? forward?.TargetGroupArn) === arn ? 100 : 0;
  return groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight ?? 0;
}

/** The groups of a service that requests go to now; both where nobody can tell. */
export async function servingGroups(aws: Powers, pair: Pair): Promise<string[]> {
  const traffic = await readTraffic(aws, pair);
  const groups = (['primary', 'alternate'] as const).filter((side) => !traffic || traffic[side] > 0);
  return groups.map((side) => pair[side]);
}
