import type { DescribeTargetGroupsInput, DescribeTargetGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { loadBalancersOf } from '../in-use.ts';
import { loadBalancerOf, targetGroupOf } from '../lookups.ts';
import { onePage } from '../paging.ts';
import { shownTargetGroup } from '../shown.ts';
import { targetGroups } from '../state.ts';

export const describeTargetGroups: Operation<DescribeTargetGroupsInput, DescribeTargetGroupsOutput> = (input, call) => {
  for (const arn of input.TargetGroupArns ?? []) targetGroupOf(call, arn);
  if (input.LoadBalancerArn) loadBalancerOf(call, input.LoadBalancerArn);
  const found = targetGroups
    .in(call)
    .values()
    .filter(({ TargetGroupArn }) => !input.TargetGroupArns?.length || input.TargetGroupArns.includes(TargetGroupArn))
    .filter(({ TargetGroupName }) => !input.Names?.length || input.Names.includes(TargetGroupName))
    .filter(
      ({ TargetGroupArn }) =>
        !input.LoadBalancerArn || loadBalancersOf(call, TargetGroupArn).includes(input.LoadBalancerArn),
    );
  if (input.Names?.some((name) => !found.some(({ TargetGroupName }) => TargetGroupName === name))) {
    throw missing.targetGroup();
  }
  const { items, next } = onePage(found, input);
  return { TargetGroups: items.map((row) => shownTargetGroup(call, row)), NextMarker: next };
};
