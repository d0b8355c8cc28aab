import type { Scope } from '../../kernel/scope.ts';
import { setAlarmState } from './alarm-state.ts';
import { byPeriod, metricKey, pointsOf, statistic } from './metric-math.ts';
import { alarms, type MetricAlarmRow } from './state.ts';

export const COMPARISONS: Readonly<
  Record<string, { breaches: (value: number, threshold: number) => boolean; words: string }>
> = {
  GreaterThanThreshold: { breaches: (value, threshold) => value > threshold, words: 'greater than the threshold' },
  GreaterThanOrEqualToThreshold: {
    breaches: (value, threshold) => value >= threshold,
    words: 'greater than or equal to the threshold',
  },
  LessThanThreshold: { breaches: (value, threshold) => value < threshold, words: 'less than the threshold' },
  LessThanOrEqualToThreshold: {
    breaches: (value, threshold) => value <= threshold,
    words: 'less than or equal to the threshold',
  },
};

/**
 * Has the alarms of a metric look at what was just put. Only present datapoints count; what is missing is looked at
 * as virtual time goes on.
 */
export function evaluateAlarmsOf(scope: Scope, key: string): void {
  for (const row of alarms.in(scope).values()) {
    if (row.kind === 'metric' && metricKey(row.Namespace ?? '', row.MetricName ?? '', row.Dimensions) === key) {
      evaluate(scope, row);
    }
  }
}

function evaluate(scope: Scope, row: MetricAlarmRow): void {
  const comparison = COMPARISONS[row.ComparisonOperator ?? ''];
  const periodMs = (row.Period ?? 60) * 1000;
  const now = Date.now();
  const wanted = row.EvaluationPeriods ?? 1;
  const points = pointsOf(scope, row, {
    from: now - (wanted + 1) * periodMs,
    to: now + periodMs,
    unit: row.Unit,
    observes: false,
  });
  const periods = byPeriod(points, periodMs).slice(-wanted);
  const values = periods.flatMap(([start, each]) => {
    const value = statistic(each, row.Statistic ?? '');
    return value === undefined ? [] : [{ start, value }];
  });
  if (!comparison || values.length === 0) return;

  const threshold = row.Threshold ?? 0;
  const breaching = values.filter(({ value }) => comparison.breaches(value, threshold));
  const isAlarm = breaching.length >= (row.DatapointsToAlarm ?? wanted);
  setAlarmState(scope, row.AlarmName, {
    value: isAlarm ? 'ALARM' : 'OK',
    reason: crossed(row, { isAlarm, shown: isAlarm ? breaching : values }),
    data: JSON.stringify({
      version: '1.0',
      queryDate: isoDate(now),
      ...(periods[0] ? { startDate: isoDate(periods[0][0]) } : {}),
      ...(row.Unit ? { unit: row.Unit } : {}),
      statistic: row.Statistic,
      period: row.Period,
      recentDatapoints: values.map(({ value }) => value),
      threshold,
      evaluatedDatapoints: periods.map(([start, each]) => ({
        timestamp: isoDate(start),
        sampleCount: statistic(each, 'SampleCount'),
        value: statistic(each, row.Statistic ?? ''),
      })),
    }),
  });
}

/** Why an alarm is in a state, of the datapoints that decided. */
export function crossed(
  { ComparisonOperator, Threshold = 0 }: MetricAlarmRow,
  { isAlarm, shown }: { isAlarm: boolean; shown: readonly { start: number; value: number }[] },
): string {
  const many = shown.length > 1;
  const points = shown.map(({ start, value }) => `${decimal(value)} (${shortDate(start)})`).join(', ');
  return `Threshold Crossed: ${shown.length} datapoint${many ? 's' : ''} [${points}] ${many ? 'were' : 'was'} ${
    isAlarm ? '' : 'not '
  }${COMPARISONS[ComparisonOperator ?? '']?.words} (${decimal(Threshold)}).`;
}

/** `21.0`: numbers as Java prints them. */
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));
const isoDate = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

/** `24/07/26 09:15:00` */
function shortDate(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
