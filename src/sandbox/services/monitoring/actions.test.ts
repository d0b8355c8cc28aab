import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { GetTopicAttributesCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { posts } from '../sns/state.ts';

const MINUTE_MS = 60_000;

const allows = (service: string, Action: string | string[], Resource: unknown) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action,
  Resource,
});

const KEY = {
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
          Action: 'kms:*',
          Resource: '*',
        },
        allows('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
      ],
    },
  },
};

/** A topic with a mail receiver, and an alarm on a queue that tells it. */
const resources = ({ key, policy = true }: { key?: unknown; policy?: boolean } = {}) => ({
  Key: KEY,
  Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'Alarms', ...(key ? { KmsMasterKeyId: key } : {}) } },
  ...(policy
    ? {
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: {
            Topics: [{ Ref: 'Topic' }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [allows('cloudwatch.amazonaws.com', 'sns:Publish', { Ref: 'Topic' })],
            },
          },
        },
      }
    : {}),
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'ops@example.com' },
  },
  Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
  Depth: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'depth',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Jobs', 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'Topic' }],
      OKActions: [{ Ref: 'Topic' }],
    },
  },
});

async function deploy(Resources: object) {
  const sandbox = await startSandbox();
  const cloudformation = sandbox.client(CloudFormationClient);
  await cloudformation.send(
    new CreateStackCommand({ StackName: 'watch', TemplateBody: JSON.stringify({ Resources }) }),
  );
  await sandbox.settle();
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'watch' }));
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
  const cloudwatch = sandbox.client(CloudWatchClient);
  const sqs = sandbox.client(SQSClient);
  const written = () => posts.in(sandbox.scope).values();
  return {
    sandbox,
    cloudformation,
    cloudwatch,
    written,
    state: async () =>
      (await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['depth'] }))).MetricAlarms?.[0]?.StateValue,
    confirm: () => fetch(/http\S+/.exec(written()[0]!.body)![0]),
    fill: async () => {
      for (const MessageBody of ['1', '2', '3'])
        await sqs.send(new SendMessageCommand({ QueueUrl: `${sandbox.endpoint}/000000000000/jobs`, MessageBody }));
    },
    actions: async () =>
      (
        await cloudwatch.send(new DescribeAlarmHistoryCommand({ AlarmName: 'depth', HistoryItemType: 'Action' }))
      ).AlarmHistoryItems!.map(({ HistorySummary }) => HistorySummary),
  };
}

describe('an alarm', () => {
  it('on a metric that a service reports has a state after a minute, fires when it lasts and tells when it is over', async () => {
    const { sandbox, state, fill, confirm, written } = await deploy(
      resources({ key: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
    );
    expect(await state()).toBe('OK');
    await confirm();
    await fill();
    await sandbox.advance(4 * MINUTE_MS);
    expect(await state()).toBe('OK');
    await sandbox.advance(5 * MINUTE_MS);
    expect(await state()).toBe('ALARM');
    const { subject, body } = written().at(-1)!;
    expect(subject).toBe('ALARM: "depth" in US East (N. Virginia)');
    expect(JSON.parse(body)).toMatchObject({
      AlarmName: 'depth',
      AWSAccountId: '000000000000',
      NewStateValue: 'ALARM',
      NewStateReason: expect.stringMatching(/^Threshold Crossed: 1 datapoint \[3\.0 .* was greater than the threshold/),
      OldStateValue: 'OK',
      Region: 'US East (N. Virginia)',
      Trigger: {
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'MAXIMUM',
        StatisticType: 'Statistic',
        Dimensions: [{ name: 'QueueName', value: 'jobs' }],
        Threshold: 1,
      },
    });

    const { PurgeQueueCommand } = await import('@aws-sdk/client-sqs');
    await sandbox.client(SQSClient).send(new PurgeQueueCommand({ QueueUrl: `${sandbox.endpoint}/000000000000/jobs` }));
    await sandbox.advance(6 * MINUTE_MS);
    expect(await state()).toBe('OK');
    expect(written().at(-1)!.subject).toBe('OK: "depth" in US East (N. Virginia)');
  });

  it.each([
    ['the key that SNS manages', { key: 'alias/aws/sns' }],
    ['a key whose policy does not name CloudWatch', { key: 'closed' }],
  ])('cannot tell a topic under %s, which only its history says', async (_, { key }) => {
    const all = resources({ key: key === 'closed' ? { 'Fn::GetAtt': ['Key', 'Arn'] } : key });
    if (key === 'closed')
      all.Key = {
        ...KEY,
        Properties: { KeyPolicy: { ...KEY.Properties.KeyPolicy, Statement: [KEY.Properties.KeyPolicy.Statement[0]!] } },
      } as typeof KEY;
    const { sandbox, actions, fill, confirm, written } = await deploy(all);
    await confirm();
    await fill();
    await sandbox.advance(10 * MINUTE_MS);
    expect(await actions()).toContainEqual(
      expect.stringMatching(
        /^Failed to execute action arn:aws:sns:.*Received error: "CloudWatch Alarms does not have authorization to access the SNS topic encryption key\."$/,
      ),
    );
    expect(written()).toHaveLength(1);
  });

  it('tells a topic whose policy is as AWS makes it, not one that does not name CloudWatch', async () => {
    const { cloudwatch, actions, confirm, sandbox } = await deploy(resources({ policy: false }));
    await confirm();
    const set = (StateValue: 'ALARM' | 'OK') =>
      cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'depth', StateValue, StateReason: 'test' }));
    await set('ALARM');
    expect((await actions())[0]).toMatch(/^Successfully executed action/);
    const sns = sandbox.client(SNSClient);
    const { Topics } = await sns.send(new ListTopicsCommand({}));
    const { SetTopicAttributesCommand } = await import('@aws-sdk/client-sns');
    await sns.send(
      new SetTopicAttributesCommand({
        TopicArn: Topics![0]!.TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({ Statement: [allows('s3.amazonaws.com', 'sns:Publish', '*')] }),
      }),
    );
    await set('OK');
    expect((await actions())[0]).toMatch(/^Failed to execute action .* does not allow cloudwatch\.amazonaws\.com/);
  });

  it('finds what services report among the metrics; a stack that goes takes topic and receivers along', async () => {
    const { cloudwatch, cloudformation, sandbox } = await deploy(resources());
    const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace: 'AWS/SQS' }));
    expect(Metrics?.map(({ MetricName }) => MetricName)).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'ApproximateAgeOfOldestMessage',
    ]);
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: 'jobs' }],
        StartTime: new Date(Date.now() - 5 * MINUTE_MS),
        EndTime: new Date(Date.now() + MINUTE_MS),
        Period: 60,
        Statistics: ['Maximum'],
      }),
    );
    expect(Datapoints?.map(({ Maximum }) => Maximum)).toEqual([0]);

    const sns = sandbox.client(SNSClient);
    const { Topics } = await sns.send(new ListTopicsCommand({}));
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: Topics![0]!.TopicArn }));
    expect(Attributes).toMatchObject({ DisplayName: 'Alarms', SubscriptionsPending: '1' });
    await cloudformation.send(new DeleteStackCommand({ StackName: 'watch' }));
    await sandbox.settle();
    expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
  });
});
