import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:';
const alarm = (properties: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    MetricName: 'MemoryUsage',
    Namespace: 'CustomNamespace',
    Period: 60,
    Statistic: 'Average',
    Threshold: 65,
    TreatMissingData: 'breaching',
    ...properties,
  },
});

async function deploy(Resources: object, Outputs: object = {}) {
  const sandbox = await startSandbox();
  const cloudformation = sandbox.client(CloudFormationClient);
  await cloudformation.send(
    new CreateStackCommand({ StackName: 'watch', TemplateBody: JSON.stringify({ Resources, Outputs }) }),
  );
  await sandbox.settle();
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'watch' }));
  return { sandbox, cloudformation, cloudwatch: sandbox.client(CloudWatchClient), stack: Stacks![0]! };
}

/** Titles name the recording (LocalStack's suite, tests/aws/services/cloudformation/resources/test_cloudwatch.py). */
describe('recordings of cloudformation/resources/test_cloudwatch', () => {
  it('test_alarm_creation: Ref is the name, Arn the ARN', async () => {
    const { stack } = await deploy(
      { Alarm: alarm({}) },
      { Name: { Value: { Ref: 'Alarm' } }, Arn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } },
    );
    const output = (key: string) => stack.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    expect(output('Name')).toMatch(/^watch-Alarm-/);
    expect(output('Arn')).toBe(`${ARN}${output('Name')}`);
  });

  it('test_alarm_no_statistic: a metric alarm wants a statistic', async () => {
    const { stack } = await deploy({ Alarm: alarm({ Statistic: undefined }) });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  it('test_alarm_ext_statistic', async () => {
    const { cloudwatch } = await deploy({
      Alarm: alarm({
        AlarmName: 'slow',
        AlarmDescription: 'uses extended statistic',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        DatapointsToAlarm: 3,
        Dimensions: [{ Name: 'FunctionName', Value: 'my-function' }],
        EvaluationPeriods: 3,
        ExtendedStatistic: 'p99',
        Period: 300,
        Statistic: undefined,
        Threshold: 10,
        TreatMissingData: 'ignore',
        Unit: 'Count',
      }),
    });
    expect((await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([
      {
        AlarmName: 'slow',
        AlarmArn: `${ARN}slow`,
        AlarmDescription: 'uses extended statistic',
        AlarmConfigurationUpdatedTimestamp: expect.any(Date),
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [],
        InsufficientDataActions: [],
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: expect.any(Date),
        MetricName: 'MemoryUsage',
        Namespace: 'CustomNamespace',
        ExtendedStatistic: 'p99',
        Dimensions: [{ Name: 'FunctionName', Value: 'my-function' }],
        Period: 300,
        Unit: 'Count',
        EvaluationPeriods: 3,
        DatapointsToAlarm: 3,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'ignore',
        StateTransitionedTimestamp: expect.any(Date),
      },
    ]);
  });

  it('test_composite_alarm_creation: it is OK while its children have no data', async () => {
    const AlarmRule = '(ALARM(HighCPUUsage) OR ALARM(HighMemoryUsage))';
    const { cloudwatch, cloudformation, sandbox } = await deploy({
      Cpu: alarm({ AlarmName: 'HighCPUUsage', MetricName: 'CPUUsage' }),
      Memory: alarm({ AlarmName: 'HighMemoryUsage' }),
      Composite: {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        DependsOn: ['Cpu', 'Memory'],
        Properties: { AlarmName: 'HighResourceUsage', AlarmRule },
      },
      Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } },
    });
    const look = () => cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }));
    const { CompositeAlarms, MetricAlarms } = await look();
    const child = (name: string) => ({
      arn: `${ARN}${name}`,
      state: { value: 'INSUFFICIENT_DATA', timestamp: expect.any(String) },
    });
    const [{ StateReasonData, ...composite } = {}] = CompositeAlarms!;
    expect(JSON.parse(StateReasonData!)).toEqual({
      triggeringAlarms: [child('HighCPUUsage'), child('HighMemoryUsage')],
    });
    expect(composite).toEqual({
      ActionsEnabled: true,
      AlarmActions: [],
      AlarmArn: `${ARN}HighResourceUsage`,
      AlarmConfigurationUpdatedTimestamp: expect.any(Date),
      AlarmName: 'HighResourceUsage',
      AlarmRule,
      InsufficientDataActions: [],
      OKActions: [],
      StateReason: `${ARN}HighResourceUsage was created and its alarm rule evaluates to OK`,
      StateUpdatedTimestamp: expect.any(Date),
      StateValue: 'OK',
      StateTransitionedTimestamp: expect.any(Date),
    });
    expect(MetricAlarms).toHaveLength(2);
    expect((await cloudwatch.send(new ListDashboardsCommand({}))).DashboardEntries).toHaveLength(1);

    await cloudformation.send(new DeleteStackCommand({ StackName: 'watch' }));
    await sandbox.settle();
    expect(await look()).toMatchObject({ CompositeAlarms: [], MetricAlarms: [] });
    expect((await cloudwatch.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
  });
});
