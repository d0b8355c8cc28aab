import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { evaluateAlarmsOf } from '../evaluate-alarm.ts';
import { check, invalidCombination, invalidValue } from '../faults.ts';
import { metricKey } from '../metric-math.ts';
import { type MetricPoint, metrics } from '../state.ts';

export const putMetricData: Operation<PutMetricDataInput, Record<never, never>> = (input, call) => {
  check([['namespace', input.Namespace, { required: true, length: [1, 255] }]]);
  const keys = new Set<string>();
  (input.MetricData ?? []).forEach((datum, index) => {
    checkDatum(datum, `MetricData.member.${index + 1}`);
    const key = metricKey(input.Namespace!, datum.MetricName!, datum.Dimensions);
    keys.add(key);
    const row = metrics.in(call).get(key) ?? {
      namespace: input.Namespace!,
      name: datum.MetricName!,
      dimensions: datum.Dimensions ?? [],
      points: [],
    };
    const at = datum.Timestamp?.getTime() ?? call.world.clock.stamp();
    metrics.in(call).put(key, { ...row, points: [...row.points, pointOf(datum, at)] });
  });
  for (const key of keys) evaluateAlarmsOf(call, key);
  return {};
};

function checkDatum({ MetricName, Value, Values, Counts, StatisticValues }: MetricDatum, member: string): void {
  if (!MetricName) throw invalidValue(`The parameter ${member}.MetricName is required.`);
  const exclusive = (one: string, other: string) =>
    invalidCombination(
      `The parameters ${member}.${one} and ${member}.${other} are mutually exclusive and you have specified both.`,
    );
  if (Value !== undefined && Values?.length) throw exclusive('Value', 'Values');
  if (Value !== undefined && StatisticValues) throw exclusive('Value', 'StatisticValues');
  if (Values && Counts && Values.length !== Counts.length) {
    throw invalidValue(`The parameters ${member}.Values and ${member}.Counts must be of the same size.`);
  }
}

function pointOf({ Value, Values, Counts, StatisticValues, Unit }: MetricDatum, at: number): MetricPoint {
  const unit = Unit ?? 'None';
  if (StatisticValues) {
    const { Sum = 0, SampleCount = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    return { at, unit, sum: Sum, count: SampleCount, minimum: Minimum, maximum: Maximum };
  }
  const values = Values?.length ? Values : [Value ?? 0];
  const counts = values.map((_, index) => Counts?.[index] ?? 1);
  return {
    at,
    unit,
    sum: values.reduce((total, value, index) => total + value * counts[index]!, 0),
    count: counts.reduce((total, count) => total + count, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}
