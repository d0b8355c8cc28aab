import type { Datapoint, GetMetricStatisticsInput, GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { check, invalidCombination, invalidValue } from '../faults.ts';
import { byPeriod, pointsOf, statistic } from '../metric-math.ts';

const DATAPOINTS = 1440;

/** One datapoint per period and unit. */
export const getMetricStatistics: Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput> = (input, call) => {
  check([
    ['namespace', input.Namespace, { required: true }],
    ['metricName', input.MetricName, { required: true }],
    ['startTime', input.StartTime, { required: true }],
    ['endTime', input.EndTime, { required: true }],
    ['period', input.Period, { required: true, range: [1, Number.MAX_SAFE_INTEGER] }],
  ]);
  const [start, end, periodMs] = [input.StartTime!.getTime(), input.EndTime!.getTime(), input.Period! * 1000];
  if (start >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
  const wanted = Math.floor((end - start) / periodMs);
  if (wanted > DATAPOINTS) {
    throw invalidCombination(
      `You have requested up to ${wanted} datapoints, which exceeds the limit of ${DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  if (!input.Statistics?.length && !input.ExtendedStatistics?.length) {
    throw invalidCombination('At least one of the parameters Statistics and ExtendedStatistics must be specified.');
  }
  const from = Math.floor(start / periodMs) * periodMs;
  const points = pointsOf(call, input, { from, to: end, unit: input.Unit });
  const units = [...new Set(points.map(({ unit }) => unit))];
  return {
    Label: input.MetricName,
    Datapoints: units.flatMap((unit) =>
      byPeriod(
        points.filter((point) => point.unit === unit),
        periodMs,
      ).map(
        ([at, each]): Datapoint => ({
          Timestamp: new Date(at),
          Unit: unit as 'Count',
          ...Object.fromEntries((input.Statistics ?? []).map((name) => [name, statistic(each, name)])),
        }),
      ),
    ),
  };
};
