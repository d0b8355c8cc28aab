import type { Scope } from '../../kernel/scope.ts';
import type { AlarmRow, MetricAlarmRow } from './state.ts';

/** https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; others go by their code. */
const REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'eu-north-1': 'EU (Stockholm)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'sa-east-1': 'South America (Sao Paulo)',
};

const regionName = (region: string): string => REGIONS[region] ?? region;
const isoDate = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

/** Subjects of SNS have at most a hundred characters. */
export const alarmSubject = ({ region }: Scope, { StateValue, AlarmName }: AlarmRow): string =>
  `${StateValue}: "${AlarmName}" in ${regionName(region)}`.slice(0, 99);

/** Recording test_put_metric_alarm. */
export function alarmMessage({ region, account }: Scope, row: AlarmRow, before: AlarmRow): string {
  return JSON.stringify({
    AlarmName: row.AlarmName,
    AlarmDescription: row.AlarmDescription ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: isoDate(row.configuredAt),
    NewStateValue: row.StateValue,
    NewStateReason: row.StateReason,
    StateChangeTime: isoDate(row.transitionedAt),
    Region: regionName(region),
    AlarmArn: row.AlarmArn,
    OldStateValue: before.StateValue,
    OKActions: row.OKActions,
    AlarmActions: row.AlarmActions,
    InsufficientDataActions: row.InsufficientDataActions,
    ...(row.kind === 'metric'
      ? { ActionExecutedAfterMuteWindow: false, Trigger: triggerOf(row) }
      : { AlarmRule: row.AlarmRule }),
  });
}

function triggerOf(row: MetricAlarmRow): object {
  const {
    Period,
    EvaluationPeriods,
    DatapointsToAlarm,
    ComparisonOperator,
    Threshold,
    TreatMissingData = 'missing',
  } = row;
  const common = {
    Period,
    EvaluationPeriods,
    ...(DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm }),
    ComparisonOperator,
    Threshold,
    TreatMissingData,
    EvaluateLowSampleCountPercentile: row.EvaluateLowSampleCountPercentile ?? '',
  };
  if (row.Metrics?.length) return { ...common, Metrics: row.Metrics };
  return {
    ...common,
    MetricName: row.MetricName,
    Namespace: row.Namespace,
    StatisticType: row.Statistic ? 'Statistic' : 'ExtendedStatistic',
    ...(row.Statistic
      ? { Statistic: STATISTICS[row.Statistic] ?? row.Statistic.toUpperCase() }
      : { ExtendedStatistic: row.ExtendedStatistic }),
    ...(row.Unit ? { Unit: row.Unit } : {}),
    Dimensions: (row.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
  };
}

const STATISTICS: Readonly<Record<string, string>> = { SampleCount: 'SAMPLE_COUNT' };
