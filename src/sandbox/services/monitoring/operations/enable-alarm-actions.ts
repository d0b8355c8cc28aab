import type { DisableAlarmActionsInput, EnableAlarmActionsInput } from '@aws-sdk/client-cloudwatch';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { check } from '../faults.ts';
import { alarms } from '../state.ts';

export const enableAlarmActions: Operation<EnableAlarmActionsInput, Record<never, never>> = (input, call) =>
  toggle(call, input.AlarmNames, true);

export const disableAlarmActions: Operation<DisableAlarmActionsInput, Record<never, never>> = (input, call) =>
  toggle(call, input.AlarmNames, false);

/** Names of nothing are passed over. */
function toggle(scope: Scope, names: string[] | undefined, enabled: boolean): Record<never, never> {
  check([['alarmNames', names, { required: true, length: [0, 100] }]]);
  for (const name of names!) {
    if (!alarms.in(scope).has(name)) continue;
    alarms.in(scope).update(name, (draft) => {
      draft.ActionsEnabled = enabled;
      draft.configuredAt = scope.world.clock.stamp();
    });
  }
  return {};
}
