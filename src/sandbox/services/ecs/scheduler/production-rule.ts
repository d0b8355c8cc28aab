import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import { rules } from '../../elasticloadbalancing/state.ts';
import { followTargets } from '../../elasticloadbalancing/target-health.ts';
import type { Revision, ServiceRow } from '../state.ts';

interface Pair {
  rule: string;
  /** The service's own group, and its alternate. */
  groups: [string, string];
}

/** The two target groups that take turns, and the rule that leads to them. */
export function pairOf(loadBalancers: readonly LoadBalancer[]): Pair | undefined {
  for (const { targetGroupArn, advancedConfiguration } of loadBalancers) {
    const { alternateTargetGroupArn, productionListenerRule } = advancedConfiguration ?? {};
    if (targetGroupArn && alternateTargetGroupArn && productionListenerRule)
      return { rule: productionListenerRule, groups: [targetGroupArn, alternateTargetGroupArn] };
  }
  return undefined;
}

/**
 * The group that a new revision's tasks join: when requests are shifted the one that nothing runs in, else that of the
 * revision before. Of a service that is new the alternate, as one was seen to do it
 * (https://github.com/go-to-k/cdk-real-drift/issues/1730).
 */
export function groupFor(
  { lastCompleted }: Pick<ServiceRow, 'lastCompleted'>,
  loadBalancers: readonly LoadBalancer[],
  shifts: boolean,
): string | undefined {
  const pair = pairOf(loadBalancers);
  if (!pair) return undefined;
  const before = lastCompleted && groupOf(lastCompleted.revision);
  const [own, alternate] = pair.groups;
  if (!shifts) return before === alternate ? alternate : own;
  return before === own || before === undefined ? alternate : own;
}

const groupOf = ({ group, loadBalancers }: Revision): string | undefined => group ?? loadBalancers[0]?.targetGroupArn;

/** Where the tasks of a revision are registered. */
export const targetsOf = ({ group, loadBalancers }: Revision): { targetGroupArn: string; port: number }[] =>
  loadBalancers.flatMap(({ targetGroupArn, containerPort, advancedConfiguration }) =>
    targetGroupArn && containerPort !== undefined
      ? [{ targetGroupArn: (advancedConfiguration && group) || targetGroupArn, port: containerPort }]
      : [],
  );

/**
 * Gives a revision so many percent of the requests, and the other group the rest. What the rule said before is not
 * looked at (https://github.com/aws/containers-roadmap/issues/2853); a rule that is gone stays so.
 */
export function shareOut(scope: Scope, revision: Revision, percent: number): void {
  const pair = pairOf(revision.loadBalancers);
  if (!pair || !rules.in(scope).has(pair.rule)) return;
  const own = groupOf(revision);
  rules.in(scope).update(pair.rule, (draft) => {
    draft.Actions = [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: pair.groups.map((TargetGroupArn) => ({
            TargetGroupArn,
            Weight: TargetGroupArn === own ? percent : 100 - percent,
          })),
          TargetGroupStickinessConfig: draft.Actions[0]?.ForwardConfig?.TargetGroupStickinessConfig ?? {
            Enabled: false,
          },
        },
      },
    ];
  });
  for (const group of pair.groups) followTargets(scope, group);
}
