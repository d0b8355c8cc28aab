import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { expectStack } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, outputsOf } from '../deploy.ts';
import { att, ref, stackOf } from '../templates.ts';

const one = (Type: string, Properties?: object, more: object = {}) => ({
  Type,
  ...(Properties ? { Properties } : {}),
  ...more,
});
const outputs = (values: Record<string, unknown>) => ({
  Outputs: Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }])),
});
/** An answer without what only the transport has. */
const bare = async <T extends { $metadata: unknown }>(answer: Promise<T>) => {
  const { $metadata, ...rest } = await answer;
  return rest as Omit<T, '$metadata'>;
};

const alarm = (own: object) => ({
  ActionsEnabled: true,
  AlarmActions: [],
  AlarmConfigurationUpdatedTimestamp: expect.any(Date),
  InsufficientDataActions: [],
  OKActions: [],
  StateReason: 'Unchecked: Initial alarm creation',
  StateTransitionedTimestamp: expect.any(Date),
  StateUpdatedTimestamp: expect.any(Date),
  StateValue: 'INSUFFICIENT_DATA',
  ...own,
});

export const OBSERVED_CASES: Cases = {
  'resources/test_logs.py::test_logstream': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Group: one('AWS::Logs::LogGroup', { RetentionInDays: 731 }),
            Stream: one('AWS::Logs::LogStream', { LogGroupName: ref('Group') }),
          },
          outputs({ LogStreamNameOutput: ref('Stream'), LogGroupNameOutput: ref('Group') }),
        ),
      );
      const { LogGroupNameOutput: logGroupName, LogStreamNameOutput: logStreamName } = outputsOf(stack);
      expect(Object.keys(outputsOf(stack)).sort()).toEqual(['LogGroupNameOutput', 'LogStreamNameOutput']);
      const { logStreams } = await scene.sandbox
        .client(CloudWatchLogsClient)
        .send(new DescribeLogStreamsCommand({ logGroupName }));
      expect(logStreams).toEqual([
        {
          arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:log-stream:${logStreamName}`,
          creationTime: expect.any(Number),
          logStreamName,
          storedBytes: 0,
        },
      ]);
    },
  },
  'resources/test_logs.py::test_cfn_handle_log_group_resource': {
    different: 'log groups show deletionProtectionEnabled today, which AWS added after this recording',
  },
  'resources/test_logs.py::test_handle_existing_log_group': {
    run: async (scene) => {
      await scene.sandbox.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: 'group' }));
      const stack = await deploy(
        scene,
        stackOf(
          { Group: one('AWS::Logs::LogGroup', { LogGroupName: ref('LogGroupName'), RetentionInDays: 731 }) },
          { Parameters: { LogGroupName: { Type: 'String' } } },
        ),
        { parameters: { LogGroupName: 'group' } },
      );
      expectStack(stack, {
        Capabilities: ALL_CAPABILITIES,
        DeletionTime: 'then',
        LastUpdatedTime: 'then',
        Parameters: [{ ParameterKey: 'LogGroupName', ParameterValue: 'group' }],
        StackStatus: 'ROLLBACK_COMPLETE',
      });
    },
  },
  'resources/test_cloudwatch.py::test_alarm_creation': {
    run: async (scene) => {
      const properties = {
        AlarmName: 'alarm',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        Period: 300,
        Statistic: 'Average',
        Threshold: 1,
      };
      const stack = await deploy(
        scene,
        stackOf(
          { Alarm: one('AWS::CloudWatch::Alarm', properties) },
          outputs({ AlarmName: ref('Alarm'), AlarmArnFromAtt: { 'Fn::GetAtt': 'Alarm.Arn' } }),
        ),
      );
      expect(outputsOf(stack)).toEqual({
        AlarmArnFromAtt: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:alarm',
        AlarmName: 'alarm',
      });
    },
  },
  'resources/test_cloudwatch.py::test_alarm_ext_statistic': {
    run: async (scene) => {
      const properties = {
        AlarmDescription: 'uses extended statistic',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        DatapointsToAlarm: 3,
        Dimensions: [{ Name: 'FunctionName', Value: 'my-function' }],
        EvaluationPeriods: 3,
        ExtendedStatistic: 'p99',
        MetricName: 'Duration',
        Namespace: 'AWS/Lambda',
        Period: 300,
        Threshold: 10,
        TreatMissingData: 'ignore',
        Unit: 'Count',
      };
      const stack = await deploy(
        scene,
        stackOf({ MetricAlarm: one('AWS::CloudWatch::Alarm', properties) }, outputs({ Name: ref('MetricAlarm') })),
      );
      const AlarmName = outputsOf(stack).Name!;
      const { MetricAlarms } = await scene.sandbox
        .client(CloudWatchClient)
        .send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
      expect(MetricAlarms).toEqual([
        alarm({ ...properties, AlarmName, AlarmArn: `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${AlarmName}` }),
      ]);
    },
  },
  'resources/test_cloudwatch.py::test_alarm_no_statistic': { notSimulated: 'the recording holds no answer' },
  'resources/test_cloudwatch.py::test_composite_alarm_creation': {
    notSimulated:
      'the alarm acts on a topic of SNS, which the sandbox does not simulate, and waits for its rule to be evaluated',
  },
  'resources/test_events.py::test_event_rule_creation_without_target': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({
          Rule: one('AWS::Events::Rule', { Name: 'event-rule-name', ScheduleExpression: 'cron(0 1 * * ? *)' }),
        }),
      );
      expect(
        await bare(scene.sandbox.client(EventBridgeClient).send(new DescribeRuleCommand({ Name: 'event-rule-name' }))),
      ).toEqual({
        Arn: 'arn:aws:events:us-east-1:000000000000:rule/event-rule-name',
        CreatedBy: '000000000000',
        EventBusName: 'default',
        Name: 'event-rule-name',
        ScheduleExpression: 'cron(0 1 * * ? *)',
        State: 'ENABLED',
      });
    },
  },
  'resources/test_events.py::test_rule_properties': {
    run: async (scene) => {
      const rule = (more: object = {}) => one('AWS::Events::Rule', { EventPattern: { resources: ['*'] }, ...more });
      const onBus = { EventBusName: att('Bus', 'Name') };
      const made = ['RuleWithName', 'RuleWithoutName', 'RuleWithoutBus'].flatMap((id) => [
        [`${id}Arn`, att(id, 'Arn')],
        [`${id}Ref`, ref(id)],
      ]);
      const stack = await deploy(
        scene,
        stackOf(
          {
            Bus: one('AWS::Events::EventBus', { Name: 'bus' }),
            RuleWithoutName: rule(onBus),
            RuleWithName: rule({ ...onBus, Name: 'rule' }),
            RuleWithoutBus: rule(),
          },
          outputs(Object.fromEntries(made)),
        ),
      );
      const shown = outputsOf(stack);
      const arn = 'arn:aws:events:us-east-1:000000000000:rule';
      expect(shown).toEqual({
        RuleWithNameArn: `${arn}/bus/rule`,
        RuleWithNameRef: 'bus|rule',
        RuleWithoutBusArn: `${arn}/${shown.RuleWithoutBusRef}`,
        RuleWithoutBusRef: expect.stringMatching(/^shop-RuleWithoutBus-/),
        RuleWithoutNameArn: `${arn}/${shown.RuleWithoutNameRef!.replace('|', '/')}`,
        RuleWithoutNameRef: expect.stringMatching(/^bus\|shop-RuleWithoutName-/),
      });
    },
  },
  'resources/test_events.py::test_rule_pattern_transformation': {
    run: async (scene) => {
      const EventPattern = {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['test-s3-bucket'] }, object: { key: [{ suffix: '/test.json' }] } },
      };
      const stack = await deploy(
        scene,
        stackOf(
          {
            Group: one('AWS::Logs::LogGroup', { LogGroupName: '/aws/events/group' }),
            Rule: one('AWS::Events::Rule', { EventPattern, Targets: [{ Id: 'Target', Arn: att('Group', 'Arn') }] }),
          },
          outputs({ RuleName: ref('Rule') }),
        ),
      );
      const Name = outputsOf(stack).RuleName!;
      const { EventPattern: text, ...rule } = await bare(
        scene.sandbox.client(EventBridgeClient).send(new DescribeRuleCommand({ Name })),
      );
      expect(JSON.parse(text!)).toEqual(EventPattern);
      expect(rule).toEqual({
        Arn: `arn:aws:events:us-east-1:000000000000:rule/${Name}`,
        CreatedBy: '000000000000',
        EventBusName: 'default',
        Name,
        State: 'ENABLED',
      });
    },
  },
};
