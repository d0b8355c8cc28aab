import { randomUUID } from 'node:crypto';
import type { Alarm, TargetTrackingScalingPolicyConfiguration } from '@aws-sdk/client-application-auto-scaling';
import type { Dimension, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Call } from '../../kernel/scope.ts';
import { putMetricAlarm } from '../monitoring/operations/put-metric-alarm.ts';
import type { PolicyRow } from './state.ts';
import { invalid } from './target-key.ts';

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions: Dimension[];
  Statistic: 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';
}

/**
 * The two alarms of a target tracking policy: above the target for three minutes, below nine tenths of it for fifteen.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export async function putTrackingAlarms(policy: PolicyRow, call: Call): Promise<Alarm[]> {
  const config = policy.TargetTrackingScalingPolicyConfiguration!;
  const metric = metricOf(policy, config);
  const common: Partial<PutMetricAlarmInput> = {
    ...metric,
    Period: 60,
    ActionsEnabled: true,
    AlarmActions: [policy.PolicyARN],
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.PolicyARN}.`,
  };
  const before = (word: string) => policy.Alarms?.find(({ AlarmName }) => AlarmName?.includes(`-${word}-`))?.AlarmName;
  const put = async (word: string, rest: Partial<PutMetricAlarmInput>): Promise<Alarm> => {
    const AlarmName = before(word) ?? `TargetTracking-${policy.ResourceId}-${word}-${randomUUID()}`;
    await putMetricAlarm({ ...common, ...rest, AlarmName } as PutMetricAlarmInput, call);
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${call.region}:${call.account}:alarm:${AlarmName}` };
  };
  const target = config.TargetValue!;
  return [
    await put('AlarmHigh', { ComparisonOperator: 'GreaterThanThreshold', Threshold: target, EvaluationPeriods: 3 }),
    await put('AlarmLow', { ComparisonOperator: 'LessThanThreshold', Threshold: target * 0.9, EvaluationPeriods: 15 }),
  ];
}

function metricOf({ ResourceId }: PolicyRow, config: TargetTrackingScalingPolicyConfiguration): Metric {
  const predefined = config.PredefinedMetricSpecification;
  const custom = config.CustomizedMetricSpecification;
  if (!predefined === !custom) {
    throw invalid('Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified');
  }
  if (custom) {
    if (!custom.MetricName || !custom.Namespace || !custom.Statistic) {
      throw invalid('The sandbox does not simulate metric math in a CustomizedMetricSpecification');
    }
    return {
      Namespace: custom.Namespace,
      MetricName: custom.MetricName,
      Statistic: custom.Statistic,
      Dimensions: (custom.Dimensions ?? []).map(({ Name, Value }) => ({ Name, Value })),
    };
  }
  const [, cluster = '', service = ''] = ResourceId.split('/');
  const ofService: Pick<Metric, 'Namespace' | 'Statistic' | 'Dimensions'> = {
    Namespace: 'AWS/ECS',
    Statistic: 'Average',
    Dimensions: [
      { Name: 'ClusterName', Value: cluster },
      { Name: 'ServiceName', Value: service },
    ],
  };
  switch (predefined!.PredefinedMetricType) {
    case 'ECSServiceAverageCPUUtilization':
      return { ...ofService, MetricName: 'CPUUtilization' };
    case 'ECSServiceAverageMemoryUtilization':
      return { ...ofService, MetricName: 'MemoryUtilization' };
    case 'ALBRequestCountPerTarget': {
      const label = /^(app\/[\w-]+\/[0-9a-f]+)\/(targetgroup\/[\w-]+\/[0-9a-f]+)$/.exec(
        predefined!.ResourceLabel ?? '',
      );
      if (!label) throw invalid(`ResourceLabel ${predefined!.ResourceLabel} is not valid`);
      return {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCountPerTarget',
        Statistic: 'Sum',
        Dimensions: [{ Name: 'TargetGroup', Value: label[2]! }],
      };
    }
    case 'RDSReaderAverageCPUUtilization':
      return {
        Namespace: 'AWS/RDS',
        MetricName: 'CPUUtilization',
        Statistic: 'Average',
        Dimensions: [
          { Name: 'DBClusterIdentifier', Value: ResourceId.replace('cluster:', '') },
          { Name: 'Role', Value: 'READER' },
        ],
      };
    default:
      throw invalid(`The sandbox does not simulate the metric ${predefined!.PredefinedMetricType}`);
  }
}
