import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export interface Measured {
  value: number;
  at: Date;
}

/** What CloudWatch measured. */
export class Metrics {
  readonly #cloudWatch: () => Promise<CloudWatch>;

  constructor(connection: Connection) {
    this.#cloudWatch = once(async () => connect((await import('@aws-sdk/client-cloudwatch')).CloudWatch, connection));
  }

  /** The newest average of the last minutes; undefined where nothing was measured. */
  async newest(
    metric: { namespace: string; name: string; dimensions: Record<string, string> },
    { now, minutes = 15, statistic = 'Average' }: { now: number; minutes?: number; statistic?: 'Average' | 'Maximum' },
  ): Promise<Measured | undefined> {
    const { Datapoints = [] } = await call('cloudwatch:GetMetricStatistics', async () =>
      (await this.#cloudWatch()).getMetricStatistics({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(now - minutes * 60_000),
        EndTime: new Date(now),
        Period: 60,
        Statistics: [statistic],
      }),
    );
    const [newest] = Datapoints.toSorted((a, b) => b.Timestamp!.getTime() - a.Timestamp!.getTime());
    return newest && { value: newest[statistic]!, at: newest.Timestamp! };
  }

  /** Hour by hour, the oldest first; hours in which nothing was measured are left out. */
  async hourly(
    metric: { namespace: string; name: string; dimensions: Record<string, string> },
    { now, days }: { now: number; days: number },
  ): Promise<{ average: number; maximum: number; minimum: number }[]> {
    const { Datapoints = [] } = await call('cloudwatch:GetMetricStatistics', async () =>
      (await this.#cloudWatch()).getMetricStatistics({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(now - days * 24 * 3_600_000),
        EndTime: new Date(now),
        Period: 3600,
        Statistics: ['Average', 'Maximum', 'Minimum'],
      }),
    );
    return Datapoints.toSorted((a, b) => a.Timestamp!.getTime() - b.Timestamp!.getTime()).map(
      ({ Average = 0, Maximum = 0, Minimum = 0 }) => ({ average: Average, maximum: Maximum, minimum: Minimum }),
    );
  }

  /** The sum of the last minutes; 0 where nothing was counted. */
  async sum(
    metric: { namespace: string; name: string; dimensions: Record<string, string> },
    { now, minutes }: { now: number; minutes: number },
  ): Promise<number> {
    const { Datapoints = [] } = await call('cloudwatch:GetMetricStatistics', async () =>
      (await this.#cloudWatch()).getMetricStatistics({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(now - minutes * 60_000),
        EndTime: new Date(now),
        Period: minutes * 60,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints.reduce((all, { Sum = 0 }) => all + Sum, 0);
  }
}
