import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { check, invalid } from '../faults.ts';
import { byPeriod, pointsOf, statistic } from '../metric-math.ts';

export const getMetricData: Operation<GetMetricDataInput, GetMetricDataOutput> = (input, call) => {
  check([
    ['metricDataQueries', input.MetricDataQueries, { required: true, length: [0, 500] }],
    ['startTime', input.StartTime, { required: true }],
    ['endTime', input.EndTime, { required: true }],
  ]);
  if (input.StartTime! >= input.EndTime!) throw invalid('The parameter EndTime must be greater than StartTime.');
  const queries = input.MetricDataQueries!;
  const math = queries.find(({ MetricStat }) => !MetricStat);
  if (math) throw invalid(`The sandbox does not simulate metric math: ${math.Expression ?? math.Id}`);
  return {
    MetricDataResults: queries
      .filter(({ ReturnData }) => ReturnData ?? true)
      .map((query) => resultOf(call, input, query, queries)),
    Messages: [],
  };
};

function resultOf(
  call: Call,
  { StartTime, EndTime, ScanBy }: GetMetricDataInput,
  query: MetricDataQuery,
  all: readonly MetricDataQuery[],
): MetricDataResult {
  const { Metric = {}, Period = 60, Stat = '', Unit } = query.MetricStat!;
  const periodMs = Period * 1000;
  const from = Math.floor(StartTime!.getTime() / periodMs) * periodMs;
  const points = pointsOf(call, Metric, { from, to: EndTime!.getTime(), unit: Unit });
  const units = [...new Set(points.map(({ unit }) => unit))].sort();
  const chosen = points.filter(({ unit }) => unit === (Unit ?? units[0]));
  const periods = byPeriod(chosen, periodMs);
  const ordered = ScanBy === 'TimestampAscending' ? periods : periods.toReversed();
  return {
    Id: query.Id,
    Label: query.Label ?? labelOf(query, all),
    Timestamps: ordered.map(([at]) => new Date(at)),
    Values: ordered.map(([, each]) => statistic(each, Stat) ?? 0),
    StatusCode: 'Complete',
    ...(units.length > 1
      ? { Messages: [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }] }
      : {}),
  };
}

/** The metric's name and whatever else tells the queries apart (recording test_label_generation). */
function labelOf({ MetricStat }: MetricDataQuery, all: readonly MetricDataQuery[]): string {
  const differ = (value: (query: MetricDataQuery) => unknown) => new Set(all.map(value)).size > 1;
  return [
    MetricStat?.Metric?.MetricName,
    ...(differ((query) => query.MetricStat?.Stat) ? [MetricStat?.Stat] : []),
    ...(differ((query) => query.MetricStat?.Period) ? [MetricStat?.Period] : []),
  ].join(' ');
}
