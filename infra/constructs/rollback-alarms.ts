import { Construct } from 'constructs';
import { cloudwatch } from '../aws-cdk.ts';
import { pascal } from '../names.ts';
import type { RollbackAlarm } from '../service-extras.ts';

export interface RollbackAlarmsProps {
  alarms: readonly RollbackAlarm[];
  /** As metrics name them: `targetgroup/…` and `app/…`. */
  targetGroup: string;
  /** The group that takes turns with it: new tasks may be in either. */
  alternate?: string;
  loadBalancer: string;
}

const PERIOD_SECONDS = 60;

/**
 * What ECS listens to while it rolls a service out. They tell nobody: the target group is that of the tasks before too,
 * and whoever has to be woken is told by the alarms of the environment.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export class RollbackAlarms extends Construct {
  readonly names: string[];

  constructor(scope: Construct, id: string, { alternate, ...props }: RollbackAlarmsProps) {
    super(scope, id);
    this.names = [
      ...this.#watch(props, ''),
      ...(alternate === undefined ? [] : this.#watch({ ...props, targetGroup: alternate }, 'Alternate')),
    ];
  }

  /** Each group by itself, so that a few new tasks among many older ones are seen. */
  #watch({ alarms, targetGroup, loadBalancer }: Omit<RollbackAlarmsProps, 'alternate'>, of: string): string[] {
    const dimensions = [
      { name: 'TargetGroup', value: targetGroup },
      { name: 'LoadBalancer', value: loadBalancer },
    ];
    const metric = (metricName: string) => ({ namespace: 'AWS/ApplicationELB', metricName, dimensions });
    const counted = (name: string, metricName: string) => ({
      id: name,
      metricStat: { metric: metric(metricName), period: PERIOD_SECONDS, stat: 'Sum' },
      returnData: false,
    });
    const watches = {
      'error-rate': {
        metrics: [
          {
            id: 'share',
            expression: 'IF(all > 0, 100 * FILL(some, 0) / all, 0)',
            label: 'percent',
            returnData: true,
          },
          counted('some', 'HTTPCode_Target_5XX_Count'),
          counted('all', 'RequestCount'),
        ],
      },
      'latency-p99': {
        ...metric('TargetResponseTime'),
        period: PERIOD_SECONDS,
        extendedStatistic: 'p99',
        evaluateLowSampleCountPercentile: 'ignore',
      },
    };
    return alarms.map(
      ({ preset, threshold, periods }) =>
        new cloudwatch.CfnAlarm(this, `${pascal(preset)}${of}`, {
          alarmDescription: `Takes a rollout back: ${preset}`,
          ...watches[preset],
          comparisonOperator: 'GreaterThanThreshold',
          threshold,
          evaluationPeriods: periods,
          treatMissingData: 'notBreaching',
        }).ref,
    );
  }
}
