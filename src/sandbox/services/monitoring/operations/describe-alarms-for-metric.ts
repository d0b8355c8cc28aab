import type { DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { check } from '../faults.ts';
import { metricKey } from '../metric-math.ts';
import { shownMetricAlarm } from '../shown-alarm.ts';
import { alarms } from '../state.ts';

export const describeAlarmsForMetric: Operation<DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput> = (
  input,
  call,
) => {
  check([
    ['metricName', input.MetricName, { required: true }],
    ['namespace', input.Namespace, { required: true }],
  ]);
  const key = metricKey(input.Namespace!, input.MetricName!, input.Dimensions);
  return {
    MetricAlarms: alarms
      .in(call)
      .values()
      .flatMap((row) => (row.kind === 'metric' ? [row] : []))
      .filter((row) => metricKey(row.Namespace ?? '', row.MetricName ?? '', row.Dimensions) === key)
      .filter((row) => input.Statistic === undefined || row.Statistic === input.Statistic)
      .filter((row) => input.Period === undefined || row.Period === input.Period)
      .map(shownMetricAlarm),
  };
};
