import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { parseAlarmRule } from '../alarm-rule.ts';
import { alarmNamed, compositeState, triggersOf } from '../alarm-state.ts';
import { check, invalid } from '../faults.ts';
import { record } from '../record.ts';
import { alarms } from '../state.ts';
import { putTags } from '../tagging.ts';

export const putCompositeAlarm: Operation<PutCompositeAlarmInput, Record<never, never>> = (input, call) => {
  check([
    ['alarmName', input.AlarmName, { required: true, length: [1, 255] }],
    ['alarmRule', input.AlarmRule, { required: true, length: [1, 10_240] }],
    ['alarmDescription', input.AlarmDescription, { length: [0, 1024] }],
  ]);
  const [name, AlarmRule] = [input.AlarmName!, input.AlarmRule!];
  const rule = parseAlarmRule(AlarmRule);
  if (!rule) throw invalid('AlarmRule must not contain syntax errors');
  const unknown = rule.atoms.find(({ alarm }) => !alarmNamed(call, alarm));
  if (unknown) throw invalid(`AlarmRule contains reference to alarm which does not exist: ${unknown.alarm}`);
  const before = alarms.in(call).get(name);
  if (before && before.kind !== 'composite') throw invalid(`An alarm of another type has the name ${name} already`);

  const { Tags, ...settings } = input;
  const AlarmArn = `arn:aws:cloudwatch:${call.region}:${call.account}:alarm:${name}`;
  const StateValue = compositeState(call, AlarmRule);
  const now = call.world.clock.stamp();
  const row = alarms.in(call).put(name, {
    kind: 'composite',
    ...(Object.fromEntries(Object.entries(settings).filter(([, each]) => each !== undefined)) as typeof settings),
    AlarmName: name,
    AlarmArn,
    AlarmRule,
    ActionsEnabled: input.ActionsEnabled ?? true,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
    StateValue,
    StateReason: `${AlarmArn} was ${before ? 'updated' : 'created'} and its alarm rule evaluates to ${StateValue}`,
    StateReasonData: triggersOf(call, AlarmRule),
    configuredAt: now,
    updatedAt: now,
    transitionedAt: before && before.StateValue === StateValue ? before.transitionedAt : now,
  });
  if (!before) putTags(call, AlarmArn, Tags);
  record(call, row, {
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${name}" ${before ? 'updated' : 'created'}`,
    HistoryData: JSON.stringify({ version: '1.0', type: before ? 'Update' : 'Create' }),
  });
  return {};
};
