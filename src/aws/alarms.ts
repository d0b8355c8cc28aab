import type { AlarmHistoryItem, CloudWatch, Dimension, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

const PAGE = 100;

export class Alarms {
  readonly #cloudWatch: () => Promise<CloudWatch>;

  constructor(connection: Connection) {
    this.#cloudWatch = once(async () => connect((await import('@aws-sdk/client-cloudwatch')).CloudWatch, connection));
  }

  /** The alarms whose names begin so. */
  async named(prefix: string): Promise<MetricAlarm[]> {
    const all: MetricAlarm[] = [];
    let token: string | undefined;
    do {
      const page = await call('cloudwatch:DescribeAlarms', async () =>
        (await this.#cloudWatch()).describeAlarms({
          AlarmNamePrefix: prefix,
          MaxRecords: PAGE,
          ...(token ? { NextToken: token } : {}),
        }),
      );
      all.push(...(page.MetricAlarms ?? []));
      token = page.NextToken;
    } while (token);
    return all;
  }

  /** Has an alarm do again what it is to do when it rings. */
  async enableActions(alarm: string): Promise<void> {
    await call('cloudwatch:EnableAlarmActions', async () =>
      (await this.#cloudWatch()).enableAlarmActions({ AlarmNames: [alarm] }),
    );
  }

  /** The newest thing that an alarm tried to tell somebody. */
  async lastAction(alarm: string): Promise<AlarmHistoryItem | undefined> {
    const { AlarmHistoryItems = [] } = await call('cloudwatch:DescribeAlarmHistory', async () =>
      (await this.#cloudWatch()).describeAlarmHistory({
        AlarmName: alarm,
        HistoryItemType: 'Action',
        MaxRecords: 1,
        ScanBy: 'TimestampDescending',
      }),
    );
    return AlarmHistoryItems[0];
  }

  /** When an alarm last began to ring since then, and its reason, which tells the datapoints; history lasts for 30 days. */
  async lastRing(alarm: string, since: Date): Promise<{ at: Date; reason: string } | undefined> {
    const { AlarmHistoryItems = [] } = await call('cloudwatch:DescribeAlarmHistory', async () =>
      (await this.#cloudWatch()).describeAlarmHistory({
        AlarmName: alarm,
        HistoryItemType: 'StateUpdate',
        StartDate: since,
        MaxRecords: 50,
        ScanBy: 'TimestampDescending',
      }),
    );
    for (const { HistoryData = '{}', Timestamp } of AlarmHistoryItems) {
      const { newState } = JSON.parse(HistoryData) as { newState?: { stateValue?: string; stateReason?: string } };
      if (newState?.stateValue === 'ALARM') return { at: Timestamp!, reason: newState.stateReason ?? '' };
    }
    return undefined;
  }

  /** Whether anything with these dimensions was reported in the last two weeks. */
  async reports(namespace: string, dimensions: readonly Dimension[], metric?: string): Promise<boolean> {
    const { Metrics = [] } = await call('cloudwatch:ListMetrics', async () =>
      (await this.#cloudWatch()).listMetrics({
        Namespace: namespace,
        ...(metric ? { MetricName: metric } : {}),
        Dimensions: dimensions.map(({ Name, Value }) => ({ Name, Value })),
      }),
    );
    return Metrics.length > 0;
  }
}
