import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListTagsForResourceCommand,
  type MetricDatum,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { expect } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

export const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:';
export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:topic';
export const MINUTE_MS = 60_000;
/** The start of a minute not long ago, so that points of one test fall into one period. */
export const NOON = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;

export const MINIMAL: PutMetricAlarmCommandInput = {
  AlarmName: 'one',
  MetricName: 'metric',
  Namespace: 'tests',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  Period: 60,
  Statistic: 'Sum',
  Threshold: 30,
};

export const FRESH = {
  ActionsEnabled: true,
  AlarmActions: [],
  AlarmArn: `${ARN}one`,
  AlarmConfigurationUpdatedTimestamp: expect.any(Date),
  AlarmName: 'one',
  ComparisonOperator: 'GreaterThanThreshold',
  Dimensions: [],
  EvaluationPeriods: 1,
  InsufficientDataActions: [],
  MetricName: 'metric',
  Namespace: 'tests',
  OKActions: [],
  Period: 60,
  StateReason: 'Unchecked: Initial alarm creation',
  StateTransitionedTimestamp: expect.any(Date),
  StateUpdatedTimestamp: expect.any(Date),
  StateValue: 'INSUFFICIENT_DATA',
  Statistic: 'Sum',
  Threshold: 30,
};

export const alarms = (...MetricAlarms: object[]) => ({ CompositeAlarms: [], LogAlarms: [], MetricAlarms });

export async function open(...alarmInputs: PutMetricAlarmCommandInput[]) {
  const sandbox = await startSandbox();
  const cloudwatch = sandbox.client(CloudWatchClient);
  for (const input of alarmInputs) await cloudwatch.send(new PutMetricAlarmCommand(input));
  return {
    sandbox,
    cloudwatch,
    describeAlarms: () => answerOf(cloudwatch.send(new DescribeAlarmsCommand({}))),
    put: (...MetricData: MetricDatum[]) =>
      answerOf(
        cloudwatch.send(
          new PutMetricDataCommand({
            Namespace: 'tests',
            MetricData: MetricData.map((datum) => ({ Timestamp: new Date(NOON + 1000), ...datum })),
          }),
        ),
      ),
    /** GetMetricData over the minute of `put`. */
    read: (...queries: { Id: string; Stat: Statistic; Period?: number; Unit?: 'Seconds' | 'Milliseconds' }[]) =>
      answerOf(
        cloudwatch.send(
          new GetMetricDataCommand({
            StartTime: new Date(NOON),
            EndTime: new Date(NOON + MINUTE_MS),
            MetricDataQueries: queries.map(({ Id, Stat, Period = 60, Unit }) => ({
              Id,
              MetricStat: { Metric: { Namespace: 'tests', MetricName: 'metric1' }, Period, Stat, Unit },
            })),
          }),
        ),
      ),
    tags: async () => {
      const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: `${ARN}one` }));
      return Tags;
    },
  };
}

export const result = (Id: string, Label: string, Values: number[], rest: object = {}) => ({
  Id,
  Label,
  StatusCode: 'Complete',
  Timestamps: Values.map(() => expect.any(Date)),
  Values,
  ...rest,
});
