import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/resource_providers/test_aws_sqs_queue.py). */
type Properties = Record<string, unknown>;

const DEAD = { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } };
const redrive = (maxReceiveCount: number) => ({ RedrivePolicy: { ...DEAD, maxReceiveCount } });
const tags = (Department: string, Environment: string) => ({
  Tags: [
    { Key: 'Department', Value: Department },
    { Key: 'Environment', Value: Environment },
  ],
});

function template(properties: Properties | undefined): string {
  const isFifo = properties?.FifoQueue === true;
  return JSON.stringify({
    Resources: {
      Dead: { Type: 'AWS::SQS::Queue', Properties: isFifo ? { FifoQueue: true } : {} },
      ...(properties && { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } }),
    },
    Outputs: properties ? { Url: { Value: { Ref: 'Queue' } } } : { Url: { Value: 'none' } },
  });
}

async function open(before: Properties) {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  const sqs = sandbox.client(SQSClient);
  const url = async () => {
    await sandbox.settle();
    const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 's' }));
    expect(Stacks![0]!.StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
    return Stacks![0]!.Outputs![0]!.OutputValue!;
  };
  await cfn.send(new CreateStackCommand({ StackName: 's', TemplateBody: template(before) }));
  const first = await url();
  const update = async (after: Properties | undefined) => {
    await cfn.send(new UpdateStackCommand({ StackName: 's', TemplateBody: template(after) }));
    return url();
  };
  const attributes = async (QueueUrl: string) =>
    answerOf(sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })));
  const tagsOf = async (QueueUrl: string) => answerOf(sqs.send(new ListQueueTagsCommand({ QueueUrl })));
  return { first, update, attributes, tagsOf };
}

const shown = (more: Properties) => ({
  Attributes: {
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    CreatedTimestamp: expect.any(String),
    DelaySeconds: '0',
    LastModifiedTimestamp: expect.any(String),
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    QueueArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:/),
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
    VisibilityTimeout: '30',
    ...more,
  },
});
const FIFO_DEFAULTS = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoQueue: 'true',
  FifoThroughputLimit: 'perQueue',
};
const redriven = (count: number) => ({
  RedrivePolicy: expect.stringMatching(new RegExp(`"deadLetterTargetArn":"arn:aws:sqs:.*"maxReceiveCount":${count}`)),
});

const ALL = {
  QueueName: 'MyStandardQueue',
  DelaySeconds: 17,
  KmsDataKeyReusePeriodSeconds: 297,
  KmsMasterKeyId: 'alias/aws/sqs',
  MaximumMessageSize: 1234,
  MessageRetentionPeriod: 13_579,
  ReceiveMessageWaitTimeSeconds: 18,
  VisibilityTimeout: 45,
  ...redrive(7),
  ...tags('Finance', 'Production'),
};
const ALL_FIFO = {
  QueueName: 'MyQueue.fifo',
  FifoQueue: true,
  ContentBasedDeduplication: true,
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
  DelaySeconds: 13,
  KmsDataKeyReusePeriodSeconds: 200,
  KmsMasterKeyId: 'alias/aws/sqs',
  MaximumMessageSize: 3232,
  MessageRetentionPeriod: 13_425,
  ReceiveMessageWaitTimeSeconds: 15,
  VisibilityTimeout: 42,
  ...tags('Finance', 'Production'),
};

it.each([
  ['test_create_standard_queue_with_required_properties', {}, {}],
  [
    'test_create_standard_queue_with_all_properties',
    ALL,
    {
      DelaySeconds: '17',
      KmsDataKeyReusePeriodSeconds: '297',
      KmsMasterKeyId: 'alias/aws/sqs',
      MaximumMessageSize: '1234',
      MessageRetentionPeriod: '13579',
      ReceiveMessageWaitTimeSeconds: '18',
      SqsManagedSseEnabled: 'false',
      VisibilityTimeout: '45',
      ...redriven(7),
    },
  ],
  ['test_create_fifo_queue_with_required_properties', { FifoQueue: true }, FIFO_DEFAULTS],
  [
    'test_create_fifo_queue_with_all_properties',
    { ...ALL_FIFO, ...redrive(7) },
    {
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'messageGroup',
      DelaySeconds: '13',
      FifoQueue: 'true',
      FifoThroughputLimit: 'perMessageGroupId',
      KmsDataKeyReusePeriodSeconds: '200',
      KmsMasterKeyId: 'alias/aws/sqs',
      MaximumMessageSize: '3232',
      MessageRetentionPeriod: '13425',
      ReceiveMessageWaitTimeSeconds: '15',
      SqsManagedSseEnabled: 'false',
      VisibilityTimeout: '42',
      ...redriven(7),
    },
  ],
])('equal: %s', async (_, properties, expected) => {
  const { first, attributes, tagsOf } = await open(properties);
  expect(await attributes(first)).toEqual(shown(expected));
  if ('Tags' in properties)
    expect(await tagsOf(first)).toEqual({ Tags: { Department: 'Finance', Environment: 'Production' } });
});

it.each([
  [
    'test_update_standard_queue_modify_properties_in_place',
    { QueueName: 'q', DelaySeconds: 15, VisibilityTimeout: 35, ...redrive(4), ...tags('Finance', 'Production') },
    {
      QueueName: 'q',
      DelaySeconds: 16,
      MaximumMessageSize: 4321,
      MessageRetentionPeriod: 17_539,
      ReceiveMessageWaitTimeSeconds: 17,
      VisibilityTimeout: 40,
      ...redrive(3),
      ...tags('Sales', 'Staging'),
    },
    {
      DelaySeconds: '16',
      MaximumMessageSize: '4321',
      MessageRetentionPeriod: '17539',
      ReceiveMessageWaitTimeSeconds: '17',
      VisibilityTimeout: '40',
      ...redriven(3),
    },
    { Tags: { Department: 'Sales', Environment: 'Staging' } },
  ],
  [
    'test_update_standard_queue_remove_some_properties',
    ALL,
    {
      QueueName: 'MyStandardQueue',
      DelaySeconds: 17,
      VisibilityTimeout: 43,
      ...redrive(7),
      Tags: [{ Key: 'Environment', Value: 'Pre-Production' }],
    },
    {
      DelaySeconds: '17',
      MaximumMessageSize: '262144',
      SqsManagedSseEnabled: 'false',
      VisibilityTimeout: '43',
      ...redriven(7),
    },
    { Tags: { Environment: 'Pre-Production' } },
  ],
  [
    'test_update_standard_queue_without_explicit_name',
    { ReceiveMessageWaitTimeSeconds: 16 },
    { MaximumMessageSize: 4321, MessageRetentionPeriod: 17_539, ReceiveMessageWaitTimeSeconds: 17 },
    { MaximumMessageSize: '4321', MessageRetentionPeriod: '17539', ReceiveMessageWaitTimeSeconds: '17' },
    {},
  ],
  ['test_update_fifo_queue_remove_all_properties', ALL_FIFO, { FifoQueue: true }, FIFO_DEFAULTS, {}],
  [
    'test_update_fifo_queue_remove_all_properties_except_queuename',
    ALL_FIFO,
    { FifoQueue: true, QueueName: 'MyQueue.fifo' },
    {
      ...FIFO_DEFAULTS,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MaximumMessageSize: '262144',
      SqsManagedSseEnabled: 'false',
    },
    {},
  ],
])('equal: %s', async (_, before, after, expected, tagged) => {
  const { update, attributes, tagsOf } = await open(before);
  const url = await update(after);
  expect(await attributes(url)).toEqual(shown(expected));
  expect(await tagsOf(url)).toEqual(tagged);
});

it('equal: test_update_standard_queue_add_properties_with_replacement, test_update_completely_remove_resource', async () => {
  const { first, update, attributes } = await open({ QueueName: 'q' });
  const gone = refusal('QueueDoesNotExist', 'The specified queue does not exist.');
  const second = await update({ QueueName: 'MyStandardQueueWithADifferentName', DelaySeconds: 15, ...redrive(4) });
  expect(await attributes(first)).toEqual(gone);
  expect(await attributes(second)).toEqual(
    shown({
      DelaySeconds: '15',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:MyStandardQueueWithADifferentName',
      ...redriven(4),
    }),
  );
  await update(undefined);
  expect(await attributes(second)).toEqual(gone);
});
