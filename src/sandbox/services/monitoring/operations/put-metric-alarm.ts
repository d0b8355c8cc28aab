import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { check, invalid } from '../faults.ts';
import { followAlarms } from '../follow-alarms.ts';
import { record } from '../record.ts';
import { alarms, type MetricAlarmRow } from '../state.ts';
import { putTags } from '../tagging.ts';

const OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'GreaterThanUpperThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const MISSING_DATA = ['breaching', 'notBreaching', 'ignore', 'missing'];

/** Creates an alarm or replaces its settings; a living alarm keeps its state. */
export const putMetricAlarm: Operation<PutMetricAlarmInput, Record<never, never>> = (input, call) => {
  checkInput(input);
  const name = input.AlarmName!;
  const { Tags, ...settings } = input;
  const before = alarms.in(call).get(name);
  if (before && before.kind !== 'metric') throw invalid(`An alarm of another type has the name ${name} already`);
  const now = call.world.clock.stamp();
  const row = alarms.in(call).put(name, {
    kind: 'metric',
    ...defined(settings),
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${call.region}:${call.account}:alarm:${name}`,
    ActionsEnabled: input.ActionsEnabled ?? true,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
    ...(input.Metrics?.length ? {} : { Dimensions: input.Dimensions ?? [] }),
    configuredAt: now,
    ...(before
      ? {
          StateValue: before.StateValue,
          ...(before.StateReason === undefined ? {} : { StateReason: before.StateReason }),
          ...(before.StateReasonData === undefined ? {} : { StateReasonData: before.StateReasonData }),
          updatedAt: before.updatedAt,
          transitionedAt: before.transitionedAt,
        }
      : {
          StateValue: 'INSUFFICIENT_DATA' as const,
          StateReason: 'Unchecked: Initial alarm creation',
          updatedAt: now,
          transitionedAt: now,
        }),
  });
  // Tags of a living alarm change by TagResource only.
  if (!before) putTags(call, row.AlarmArn, Tags);
  record(call, row, {
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${name}" ${before ? 'updated' : 'created'}`,
    HistoryData: JSON.stringify({ version: '1.0', type: before ? 'Update' : 'Create' }),
  });
  followAlarms(call, before ? {} : { isNew: row as MetricAlarmRow });
  return {};
};

function checkInput(input: PutMetricAlarmInput): void {
  check([
    ['alarmName', input.AlarmName, { required: true, length: [1, 255] }],
    ['alarmDescription', input.AlarmDescription, { length: [0, 1024] }],
    ['evaluationPeriods', input.EvaluationPeriods, { required: true, range: [1, Number.MAX_SAFE_INTEGER] }],
    ['comparisonOperator', input.ComparisonOperator, { required: true, values: OPERATORS }],
    ['statistic', input.Statistic, { values: STATISTICS }],
    ['alarmActions', input.AlarmActions, { length: [0, 5] }],
    ['oKActions', input.OKActions, { length: [0, 5] }],
  ]);
  if (input.TreatMissingData !== undefined && !MISSING_DATA.includes(input.TreatMissingData)) {
    throw invalid(
      `The value ${input.TreatMissingData} is not supported for TreatMissingData parameter. Supported values are [${MISSING_DATA.join(', ')}].`,
    );
  }
  if ((input.DatapointsToAlarm ?? 1) > input.EvaluationPeriods!) {
    throw invalid('DatapointsToAlarm must be less than or equal to EvaluationPeriods');
  }
  if (input.Metrics?.length) {
    if (input.MetricName || input.Namespace || input.Statistic || input.ExtendedStatistic || input.Period) {
      throw invalid(
        'Parameters MetricName, Namespace, Statistic, ExtendedStatistic and Period cannot be used with Metrics',
      );
    }
    if (input.Metrics.filter(({ ReturnData }) => ReturnData ?? true).length !== 1) {
      throw invalid('Exactly one element of the metrics list should return data.');
    }
    return;
  }
  if (!input.MetricName || !input.Namespace) throw invalid('MetricName and Namespace must be specified');
  if (!input.Statistic === !input.ExtendedStatistic) {
    throw invalid('Exactly one of Statistic and ExtendedStatistic must be specified');
  }
  if (
    input.ExtendedStatistic &&
    !/^(p\d{1,2}(\.\d+)?|p100|IQM|(tm|wm|tc|ts|pr)\d*(\.\d+)?(\(.*\))?|(TM|WM|TC|TS|PR)\(.*\))$/i.test(
      input.ExtendedStatistic,
    )
  ) {
    throw invalid(`The value ${input.ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
  }
  const period = input.Period;
  if (period === undefined || !([10, 20, 30].includes(period) || (period > 0 && period % 60 === 0))) {
    throw invalid('Period must be 10, 20, 30 or a multiple of 60');
  }
  if (input.Threshold === undefined && !input.ThresholdMetricId) throw invalid('Threshold must be specified');
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
