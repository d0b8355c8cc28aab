import type { ModifyTargetGroupInput, ModifyTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { healthSettings } from '../health-settings.ts';
import { targetGroupOf } from '../lookups.ts';
import { shownTargetGroup } from '../shown.ts';
import { targetGroups } from '../state.ts';
import { lookAgainAtAll } from '../target-health.ts';

export const modifyTargetGroup: Operation<ModifyTargetGroupInput, ModifyTargetGroupOutput> = (input, call) => {
  const before = targetGroupOf(call, input.TargetGroupArn);
  const settings = healthSettings(before, input);
  const row = targetGroups.in(call).update(before.TargetGroupArn, (draft) => {
    Object.assign(draft, settings);
  });
  lookAgainAtAll(call, row.TargetGroupArn);
  return { TargetGroups: [shownTargetGroup(call, row)] };
};
