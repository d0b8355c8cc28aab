import type { Construct } from 'constructs';
import { cloudwatch } from '../aws-cdk.ts';
import type { AppSettings } from '../settings.ts';
import type { Alarm } from './alarms.ts';
import type { Metric } from './watched.ts';

/** Tells the topic when it fires and when it is over. */
export function metricAlarm(scope: Construct, settings: AppSettings, alarm: Alarm, topicArn: string): void {
  const { rule, watches, missing } = alarm;
  new cloudwatch.CfnAlarm(scope, alarm.id, {
    alarmName: alarm.name,
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

const single = (metric: Metric, period: number) =>
  metric.also ? { metrics: together('both', metric, period, true) } : alone(metric, period);

const alone = (metric: Metric, period: number) => ({
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
    ...together('some', percent, period),
    ...together('all', of, period),
  ],
});

/** What is measured in two places as one: added up, or the slower of the two. One of them is silent as a rule. */
function together(id: string, metric: Metric, period: number, returnData = false) {
  if (!metric.also) return [{ id, metricStat: stat(metric, period), returnData }];
  const [one, other] = [`${id}1`, `${id}2`];
  const expression = isPercentile(metric.statistic) ? `MAX([${one}, ${other}])` : `SUM([${one}, ${other}])`;
  return [
    { id, expression, label: metric.name, returnData },
    { id: one, metricStat: stat(metric, period), returnData: false },
    { id: other, metricStat: stat({ ...metric, dimensions: metric.also }, period), returnData: false },
  ];
}

const stat = (metric: Metric, period: number) => ({
  metric: { namespace: metric.namespace, metricName: metric.name, dimensions: dimensionsOf(metric) },
  period,
  stat: metric.statistic,
});
