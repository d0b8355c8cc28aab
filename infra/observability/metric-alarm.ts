import type { Construct } from 'constructs';
import { cloudwatch } from '../aws-cdk.ts';
import { pascal } from '../names.ts';
import type { AppSettings } from '../settings.ts';
import { type Alarm, alarmName } from './alarms.ts';
import type { Metric } from './watched.ts';

/** Tells the topic when it fires and when it is over. */
export function metricAlarm(scope: Construct, settings: AppSettings, alarm: Alarm, topicArn: string): void {
  const { rule, watches, missing } = alarm;
  new cloudwatch.CfnAlarm(scope, `${pascal(alarm.of.kind)}${pascal(alarm.of.name)}${pascal(alarm.preset)}`, {
    alarmName: alarmName(settings, alarm),
    alarmDescription: `${alarm.says}. ${settings.project}/${settings.environment}, preset ${alarm.preset}`,
    ...('metric' in watches ? single(watches.metric, rule.periodSeconds) : share(watches, rule.periodSeconds)),
    comparisonOperator: rule.below ? 'LessThanThreshold' : 'GreaterThanThreshold',
    threshold: rule.threshold,
    evaluationPeriods: rule.periods,
    treatMissingData: missing,
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
}

const dimensionsOf = ({ dimensions }: Metric) => Object.entries(dimensions).map(([name, value]) => ({ name, value }));
const isPercentile = (statistic: string): boolean => /^p\d/.test(statistic);

const single = (metric: Metric, period: number) => ({
  namespace: metric.namespace,
  metricName: metric.name,
  dimensions: dimensionsOf(metric),
  period,
  // A handful of slow requests at night is no percentile of anything.
  ...(isPercentile(metric.statistic)
    ? { extendedStatistic: metric.statistic, evaluateLowSampleCountPercentile: 'ignore' }
    : { statistic: metric.statistic }),
});

/** One of two counts in percent of the other, and nothing of nothing. */
const share = ({ percent, of }: { percent: Metric; of: Metric }, period: number) => ({
  metrics: [
    { id: 'share', expression: 'IF(all > 0, 100 * some / all, 0)', label: 'percent', returnData: true },
    { id: 'some', metricStat: stat(percent, period), returnData: false },
    { id: 'all', metricStat: stat(of, period), returnData: false },
  ],
});

const stat = (metric: Metric, period: number) => ({
  metric: { namespace: metric.namespace, metricName: metric.name, dimensions: dimensionsOf(metric) },
  period,
  stat: metric.statistic,
});
