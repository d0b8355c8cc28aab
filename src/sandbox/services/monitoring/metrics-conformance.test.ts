import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  PutDashboardCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';

import { MINUTE_MS, NOON, open, result } from './recording-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/cloudwatch/test_cloudwatch.py). */
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

  it('test_handle_different_units: a datapoint per unit', async () => {
    const { cloudwatch, put } = await open();
    const MetricName = 'm-test';
    await put(
      { MetricName, Value: 10, Unit: 'None' },
      { MetricName, Value: 5, Unit: 'Count' },
      { MetricName, Value: 1, Unit: 'Seconds' },
    );
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'tests',
        MetricName,
        StartTime: new Date(NOON),
        EndTime: new Date(NOON + MINUTE_MS),
        Period: 60,
        Statistics: ['Average'],
      }),
    );
    expect(Datapoints?.map(({ Average, Unit }) => [Average, Unit])).toEqual([
      [10, 'None'],
      [5, 'Count'],
      [1, 'Seconds'],
    ]);
  });

  it('test_get_metric_statistics', async () => {
    const { cloudwatch, put } = await open();
    await put(...Array.from({ length: 10 }, (_, Value) => ({ MetricName: 'metric', Value })));
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'tests',
        MetricName: 'metric',
        StartTime: new Date(NOON),
        EndTime: new Date(NOON + MINUTE_MS),
        Period: 60,
        Statistics: ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'],
      }),
    );
    expect(Datapoints).toEqual([
      { Average: 4.5, Maximum: 9, Minimum: 0, SampleCount: 10, Sum: 45, Timestamp: new Date(NOON), Unit: 'None' },
    ]);
  });

  it('test_get_metric_with_null_dimensions: data with a dimension is not data without', async () => {
    const { put, read } = await open();
    await put({ MetricName: 'metric1', Value: 5, Dimensions: [{ Name: 'status', Value: '200' }] });
    expect(await read({ Id: 'm1', Stat: 'Sum' })).toEqual({
      Messages: [],
      MetricDataResults: [result('m1', 'metric1', [])],
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
