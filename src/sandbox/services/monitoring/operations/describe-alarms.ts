import type { DescribeAlarmsInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { check, invalidCombination } from '../faults.ts';
import { shownCompositeAlarm, shownMetricAlarm } from '../shown-alarm.ts';
import { alarms } from '../state.ts';

/** Metric alarms only, unless types are named: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export const describeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput> = (input, call) => {
  check([
    ['maxRecords', input.MaxRecords, { range: [1, 100] }],
    ['stateValue', input.StateValue, { values: ['INSUFFICIENT_DATA', 'ALARM', 'OK'] }],
  ]);
  if (input.AlarmNames?.length && input.AlarmNamePrefix) {
    throw invalidCombination('AlarmNames and AlarmNamePrefix cannot be used together');
  }
  const types: string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const found = alarms
    .in(call)
    .values()
    .filter((row) => types.includes(row.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
    .filter(({ AlarmName }) => !input.AlarmNames?.length || input.AlarmNames.includes(AlarmName))
    .filter(({ AlarmName }) => AlarmName.startsWith(input.AlarmNamePrefix ?? ''))
    .filter(({ StateValue }) => !input.StateValue || StateValue === input.StateValue)
    .filter(
      ({ AlarmActions }) => !input.ActionPrefix || AlarmActions?.some((arn) => arn.startsWith(input.ActionPrefix!)),
    )
    .toSorted((a, b) => a.AlarmName.localeCompare(b.AlarmName));
  const { items, next } = page(found, {
    size: input.MaxRecords ?? 50,
    token: input.NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextToken', 'The next token specified is invalid.');
    },
  });
  return {
    MetricAlarms: items.flatMap((row) => (row.kind === 'metric' ? shownMetricAlarm(row) : [])),
    LogAlarms: [],
    CompositeAlarms: items.flatMap((row) => (row.kind === 'composite' ? shownCompositeAlarm(row) : [])),
    ...(next ? { NextToken: next } : {}),
  };
};
