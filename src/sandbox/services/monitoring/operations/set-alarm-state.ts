import type { SetAlarmStateInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { setAlarmState as moveAlarm } from '../alarm-state.ts';
import { check, notFound } from '../faults.ts';
import { alarms } from '../state.ts';

export const setAlarmState: Operation<SetAlarmStateInput, Record<never, never>> = (input, call) => {
  check([
    ['alarmName', input.AlarmName, { required: true, length: [1, 255] }],
    ['stateValue', input.StateValue, { required: true, values: ['INSUFFICIENT_DATA', 'ALARM', 'OK'] }],
    ['stateReason', input.StateReason, { required: true, length: [0, 1023] }],
  ]);
  if (!alarms.in(call).has(input.AlarmName!)) throw notFound();
  moveAlarm(call, input.AlarmName!, {
    value: input.StateValue!,
    reason: input.StateReason!,
    ...(input.StateReasonData === undefined ? {} : { data: input.StateReasonData }),
  });
  return {};
};
