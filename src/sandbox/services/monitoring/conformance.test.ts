import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  type MetricDatum,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type Statistic,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/cloudwatch/test_cloudwatch.py). */
const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:topic';
const MINUTE_MS = 60_000;
/** The start of a minute not long ago, so that points of one test fall into one period. */
const NOON = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;

const MINIMAL: PutMetricAlarmCommandInput = {
  AlarmName: 'one',
  MetricName: 'metric',
  Namespace: 'tests',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  Period: 60,
  Statistic: 'Sum',
  Threshold: 30,
};

const FRESH = {
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

const alarms = (...MetricAlarms: object[]) => ({ CompositeAlarms: [], LogAlarms: [], MetricAlarms });

async function open(...alarmInputs: PutMetricAlarmCommandInput[]) {
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

const result = (Id: string, Label: string, Values: number[], rest: object = {}) => ({
  Id,
  Label,
  StatusCode: 'Complete',
  Timestamps: Values.map(() => expect.any(Date)),
  Values,
  ...rest,
});

describe('alarms, as recorded', () => {
  it.each(['test_describe_minimal_metric_alarm', 'test_describe_alarms_converts_date_format_correctly'])(
    '%s',
    async () => {
      const { describeAlarms } = await open(MINIMAL);
      expect(await describeAlarms()).toEqual(alarms(FRESH));
    },
  );

  it('test_put_metric_alarm_escape_character', async () => {
    const actions = { AlarmDescription: '<', AlarmActions: [TOPIC], Period: 600 };
    const { describeAlarms } = await open({ ...MINIMAL, ...actions });
    expect(await describeAlarms()).toEqual(alarms({ ...FRESH, ...actions }));
  });

  it('test_delete_alarm', async () => {
    const { cloudwatch, describeAlarms } = await open(MINIMAL);
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['one'] }));
    expect(await describeAlarms()).toEqual(alarms());
  });

  it('test_set_alarm', async () => {
    const { cloudwatch, describeAlarms } = await open(MINIMAL);
    const set = (StateValue: 'OK' | 'ALARM', StateReason: string) =>
      cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'one', StateValue, StateReason }));
    await set('ALARM', 'testing alarm');
    expect(await describeAlarms()).toEqual(alarms({ ...FRESH, StateValue: 'ALARM', StateReason: 'testing alarm' }));
    await set('OK', 'resetting alarm');
    expect(await describeAlarms()).toEqual(alarms({ ...FRESH, StateValue: 'OK', StateReason: 'resetting alarm' }));
  });

  it('test_set_alarm_invalid_input', async () => {
    const { cloudwatch } = await open(MINIMAL);
    const set = (AlarmName: string, StateValue: string) =>
      answerOf(
        cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: StateValue as 'OK', StateReason: 'test' })),
      );
    expect(await set('one', 'INVALID')).toMatchObject({
      refused: {
        message:
          "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
        status: 400,
      },
    });
    expect(await set('none', 'OK')).toMatchObject({ refused: { code: 'ResourceNotFound', status: 404 } });
  });

  it('test_set_alarm_invalid_input[query]: the same in the protocol of older clients', async () => {
    const { sandbox } = await open(MINIMAL);
    const ask = async (AlarmName: string, StateValue: string) => {
      const answer = await fetch(sandbox.endpoint, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.credentials.accessKeyId}/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          Action: 'SetAlarmState',
          Version: '2010-08-01',
          AlarmName,
          StateValue,
          StateReason: 'test',
        }),
      });
      return { status: answer.status, body: await answer.text() };
    };
    const invalid = await ask('one', 'INVALID');
    expect(invalid.status).toBe(400);
    expect(invalid.body).toContain('<Code>ValidationError</Code>');
    const missing = await ask('none', 'OK');
    expect(missing.status).toBe(404);
    expect(missing.body).toContain('<Code>ResourceNotFound</Code>');
  });

  it('test_enable_disable_alarm_actions', async () => {
    const { cloudwatch, describeAlarms } = await open(MINIMAL);
    await cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['one'] }));
    expect(await describeAlarms()).toEqual(alarms({ ...FRESH, ActionsEnabled: false }));
    await cloudwatch.send(new EnableAlarmActionsCommand({ AlarmNames: ['one'] }));
    expect(await describeAlarms()).toEqual(alarms(FRESH));
  });

  it('test_put_metric_alarm: a datapoint over the threshold raises it and is told in its history', async () => {
    const { cloudwatch, describeAlarms } = await open({
      ...MINIMAL,
      Period: 10,
      Statistic: 'Average',
      Threshold: 21,
      Unit: 'Seconds',
    });
    const now = Math.floor(Date.now() / 10_000) * 10_000 + 1;
    const datum = { MetricName: 'metric', Unit: 'Seconds', Timestamp: new Date(now) } as const;
    await cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'tests',
        MetricData: [
          { ...datum, Value: 21 },
          { ...datum, Value: 22 },
        ],
      }),
    );
    const reason = expect.stringMatching(
      /^Threshold Crossed: 1 datapoint \[21\.5 \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)\] was greater than the threshold \(21\.0\)\.$/,
    );
    expect(await describeAlarms()).toMatchObject({ MetricAlarms: [{ StateValue: 'ALARM', StateReason: reason }] });
    const { AlarmHistoryItems } = await cloudwatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'one', HistoryItemType: 'StateUpdate' }),
    );
    expect(AlarmHistoryItems).toMatchObject([
      {
        AlarmName: 'one',
        AlarmType: 'MetricAlarm',
        HistoryItemType: 'StateUpdate',
        HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM',
      },
    ]);
    expect(JSON.parse(AlarmHistoryItems![0]!.HistoryData!)).toMatchObject({
      version: '1.0',
      oldState: { stateValue: 'INSUFFICIENT_DATA', stateReason: 'Unchecked: Initial alarm creation' },
      newState: {
        stateValue: 'ALARM',
        stateReason: reason,
        stateReasonData: {
          version: '1.0',
          unit: 'Seconds',
          statistic: 'Average',
          period: 10,
          recentDatapoints: [21.5],
          threshold: 21,
          evaluatedDatapoints: [{ sampleCount: 2, value: 21.5 }],
        },
      },
    });
    const { MetricAlarms } = await cloudwatch.send(
      new DescribeAlarmsForMetricCommand({ Namespace: 'tests', MetricName: 'metric' }),
    );
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'one', StateValue: 'ALARM' }]);
  });

  it('test_trigger_composite_alarm: it follows the alarms that its rule names', async () => {
    const { cloudwatch } = await open(MINIMAL, { ...MINIMAL, AlarmName: 'two' });
    await cloudwatch.send(
      new PutCompositeAlarmCommand({
        AlarmName: 'both',
        AlarmRule: `ALARM("${ARN}one") OR ALARM("${ARN}two")`,
        AlarmActions: [TOPIC],
      }),
    );
    const set = (AlarmName: string, StateValue: 'OK' | 'ALARM') =>
      cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test' }));
    const composite = async () => {
      const { CompositeAlarms } = await cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmNames: ['both'], AlarmTypes: ['CompositeAlarm'] }),
      );
      const { StateValue, StateReason, StateReasonData } = CompositeAlarms![0]!;
      return { StateValue, StateReason, ...(JSON.parse(StateReasonData!) as object) };
    };
    const follows = (name: string, value: string) => ({
      StateValue: value,
      StateReason: expect.stringMatching(
        new RegExp(`^${ARN}${name} transitioned to ${value} at \\w+day \\d\\d \\w+, \\d{4} \\d\\d:\\d\\d:\\d\\d UTC$`),
      ),
      triggeringAlarms: [{ arn: `${ARN}${name}`, state: { value, timestamp: expect.any(String) } }],
    });
    for (const name of ['one', 'two']) {
      await set(name, 'ALARM');
      expect(await composite()).toEqual(follows(name, 'ALARM'));
      await set(name, 'OK');
      expect(await composite()).toEqual(follows(name, 'OK'));
    }
  });

  it.each(['test_tagging_metric_alarm', 'test_store_tags'])('%s', async () => {
    const ResourceARN = `${ARN}one`;
    const { cloudwatch, tags } = await open({ ...MINIMAL, Tags: [{ Key: 'Environment', Value: 'Production' }] });
    const environment = { Key: 'Environment', Value: 'Production' };
    expect(await tags()).toEqual([environment]);
    const Tags = [
      { Key: 'tag1', Value: 'foo' },
      { Key: 'tag2', Value: 'bar' },
    ];
    await cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags }));
    expect(await tags()).toEqual([environment, ...Tags]);
    await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['tag1'] }));
    expect(await tags()).toEqual([environment, Tags[1]]);
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['one'] }));
    expect(await tags()).toEqual([]);
  });
});

describe('metrics, as recorded', () => {
  it('test_put_metric_data_values_list', async () => {
    const { cloudwatch, put } = await open();
    await put({ MetricName: 'metric1', Values: [1, 10], Counts: [2, 4], Unit: 'Count' });
    expect(
      await answerOf(
        cloudwatch.send(
          new GetMetricStatisticsCommand({
            Namespace: 'tests',
            MetricName: 'metric1',
            StartTime: new Date(NOON),
            EndTime: new Date(NOON + MINUTE_MS),
            Period: 60,
            Statistics: ['SampleCount', 'Sum', 'Maximum'],
          }),
        ),
      ),
    ).toEqual({
      Datapoints: [{ Maximum: 10, SampleCount: 6, Sum: 42, Timestamp: new Date(NOON), Unit: 'Count' }],
      Label: 'metric1',
    });
  });

  it('test_put_metric_data_validation', async () => {
    const { put } = await open();
    const both = (one: string, other: string) =>
      `The parameters MetricData.member.1.${one} and MetricData.member.1.${other} are mutually exclusive and you have specified both.`;
    const MetricName = 'metric1';
    expect(await put({ MetricName, Value: 1, Values: [1], Counts: [1] })).toEqual(
      refusal('InvalidParameterCombinationException', both('Value', 'Values')),
    );
    expect(await put({ MetricName, Values: [1, 2], Counts: [1] })).toEqual(
      refusal(
        'InvalidParameterValueException',
        'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
      ),
    );
    const StatisticValues = { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 };
    expect(await put({ MetricName, Value: 1, StatisticValues })).toEqual(
      refusal('InvalidParameterCombinationException', both('Value', 'StatisticValues')),
    );
  });

  it.each<[Statistic, number]>([
    ['Sum', 66],
    ['SampleCount', 2],
    ['Minimum', 22],
    ['Maximum', 44],
    ['Average', 33],
  ])('test_get_metric_data_stats: %s', async (Stat, value) => {
    const { put, read } = await open();
    await put({ MetricName: 'metric1', Value: 22 }, { MetricName: 'metric1', Value: 44 });
    expect(await read({ Id: 'result1', Stat })).toEqual({
      Messages: [],
      MetricDataResults: [result('result1', 'metric1', [value])],
    });
  });

  it('test_label_generation: a label says what tells the queries apart', async () => {
    const { put, read } = await open();
    await put(
      { MetricName: 'metric1', Value: 109, Unit: 'Seconds' },
      { MetricName: 'metric1', Value: 0, Unit: 'Seconds' },
    );
    expect(await read({ Id: 'sum', Stat: 'Sum' }, { Id: 'low', Stat: 'Minimum' })).toEqual({
      Messages: [],
      MetricDataResults: [result('sum', 'metric1 Sum', [109]), result('low', 'metric1 Minimum', [0])],
    });
    expect(await read({ Id: 'a', Stat: 'Sum' }, { Id: 'b', Stat: 'Sum', Period: 30 })).toEqual({
      Messages: [],
      MetricDataResults: [result('a', 'metric1 60', [109]), result('b', 'metric1 30', [109])],
    });
    expect(
      await read({ Id: 'a', Stat: 'Sum', Unit: 'Seconds' }, { Id: 'b', Stat: 'Sum', Unit: 'Milliseconds' }),
    ).toEqual({
      Messages: [],
      MetricDataResults: [result('a', 'metric1', [109]), result('b', 'metric1', [])],
    });
  });

  it('test_get_metric_data_different_units_no_unit_in_query', async () => {
    const { put, read } = await open();
    await put(
      { MetricName: 'metric1', Value: 60_000, Unit: 'Milliseconds' },
      { MetricName: 'metric1', Value: 60, Unit: 'Seconds' },
    );
    expect(await read({ Id: 'm1', Stat: 'Sum' })).toEqual({
      Messages: [],
      MetricDataResults: [
        result('m1', 'metric1', [60_000], {
          Messages: [{ Code: 'MultipleUnits', Value: "Multiple units returned: '[Milliseconds, Seconds]'" }],
        }),
      ],
    });
  });

  it('test_get_metric_with_no_results', async () => {
    const { read } = await open();
    expect(await read({ Id: 'result', Stat: 'Sum' })).toEqual({
      Messages: [],
      MetricDataResults: [result('result', 'metric1', [])],
    });
  });

  it('test_multiple_dimensions_statistics: ListMetrics shows every dimension', async () => {
    const { cloudwatch, put } = await open();
    const Dimensions = [
      { Name: 'method', Value: 'GET' },
      { Name: 'status', Value: '200' },
    ];
    await put({ MetricName: 'requests', Value: 5, Dimensions });
    expect(await answerOf(cloudwatch.send(new ListMetricsCommand({ Namespace: 'tests' })))).toEqual({
      Metrics: [{ Dimensions, MetricName: 'requests', Namespace: 'tests' }],
    });
  });

  it('test_invalid_amount_of_datapoints', async () => {
    const { cloudwatch } = await open();
    const ask = (from: number, to: number, Period: number) =>
      answerOf(
        cloudwatch.send(
          new GetMetricStatisticsCommand({
            Namespace: 'tests',
            MetricName: 'metric_name',
            StartTime: new Date(from),
            EndTime: new Date(to),
            Period,
            Statistics: ['SampleCount'],
          }),
        ),
      );
    const day = 24 * 60 * MINUTE_MS;
    expect(await ask(NOON, NOON + day, 1)).toEqual(
      refusal(
        'InvalidParameterCombinationException',
        'You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
      ),
    );
    expect(await ask(NOON, NOON - day, 60)).toEqual(
      refusal('InvalidParameterValueException', 'The parameter StartTime must be less than the parameter EndTime.'),
    );
    expect(await ask(NOON, NOON + day, 60)).toEqual({ Datapoints: [], Label: 'metric_name' });
  });
});

describe('dashboards, as recorded', () => {
  it('test_dashboard_lifecycle', async () => {
    const { cloudwatch } = await open();
    const DashboardBody = JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: 'hello' } }] });
    await cloudwatch.send(new PutDashboardCommand({ DashboardName: 'front', DashboardBody }));
    const DashboardArn = 'arn:aws:cloudwatch::000000000000:dashboard/front';
    expect(await answerOf(cloudwatch.send(new GetDashboardCommand({ DashboardName: 'front' })))).toEqual({
      DashboardArn,
      DashboardBody,
      DashboardName: 'front',
    });
    const list = (DashboardNamePrefix?: string) =>
      answerOf(cloudwatch.send(new ListDashboardsCommand({ DashboardNamePrefix })));
    const entry = {
      DashboardArn,
      DashboardName: 'front',
      LastModified: expect.any(Date),
      Size: DashboardBody.length,
    };
    expect(await list()).toEqual({ DashboardEntries: [entry] });
    expect(await list('no')).toEqual({ DashboardEntries: [] });
    expect(await list('fr')).toEqual({ DashboardEntries: [entry] });
    await cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: ['front'] }));
    expect(await list()).toEqual({ DashboardEntries: [] });
  });

  it('test_invalid_dashboard_name', async () => {
    const { cloudwatch } = await open();
    expect(
      await answerOf(cloudwatch.send(new PutDashboardCommand({ DashboardName: 'no:colon', DashboardBody: '{}' }))),
    ).toEqual(
      refusal(
        'InvalidParameterValueException',
        'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
      ),
    );
  });
});
