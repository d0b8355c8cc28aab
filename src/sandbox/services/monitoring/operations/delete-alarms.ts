import type { DeleteAlarmsInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { parseAlarmRule } from '../alarm-rule.ts';
import { check, invalid } from '../faults.ts';
import { alarms, tags } from '../state.ts';

/** All or none; names of nothing are no error, an alarm that a composite alarm looks at is kept. */
export const deleteAlarms: Operation<DeleteAlarmsInput, Record<never, never>> = (input, call) => {
  check([['alarmNames', input.AlarmNames, { required: true, length: [0, 100] }]]);
  const doomed = input.AlarmNames!.flatMap((name) => alarms.in(call).get(name) ?? []);
  for (const { AlarmName, AlarmArn } of doomed) {
    const parent = alarms
      .in(call)
      .values()
      .find(
        (row) =>
          row.kind === 'composite' &&
          !input.AlarmNames!.includes(row.AlarmName) &&
          parseAlarmRule(row.AlarmRule)?.atoms.some(({ alarm }) => alarm === AlarmName || alarm === AlarmArn),
      );
    if (parent) {
      throw invalid(
        `${AlarmName} cannot be deleted as there are composite alarm(s) depending on it: [${parent.AlarmName}]`,
      );
    }
  }
  for (const { AlarmName, AlarmArn } of doomed) {
    tags.in(call).delete(AlarmArn);
    alarms.in(call).delete(AlarmName);
  }
  return {};
};
