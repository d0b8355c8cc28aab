import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';

import { ARN, alarms, FRESH, MINIMAL, open, TOPIC } from './recording-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/cloudwatch/test_cloudwatch.py). */
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
