import type { DescribeTargetHealthInput, DescribeTargetHealthOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { targetGroupOf } from '../lookups.ts';
import { shownHealth, targetsOf } from '../target-health.ts';
import { NOT_REGISTERED } from '../targets.ts';

export const describeTargetHealth: Operation<DescribeTargetHealthInput, DescribeTargetHealthOutput> = (input, call) => {
  const group = targetGroupOf(call, input.TargetGroupArn);
  const rows = targetsOf(call, group.TargetGroupArn);
  if (!input.Targets?.length) {
    return { TargetHealthDescriptions: rows.map((row) => shownHealth(call, row, group)) };
  }
  return {
    TargetHealthDescriptions: input.Targets.map(({ Id, Port = group.Port }) => {
      const row = rows.find(({ id, port }) => id === Id && port === Port);
      return row ? shownHealth(call, row, group) : { Target: { Id, Port }, TargetHealth: NOT_REGISTERED };
    }),
  };
};
