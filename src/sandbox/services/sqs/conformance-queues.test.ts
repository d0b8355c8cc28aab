import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/test_sqs.py). */
async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const sqs = sandbox.client(SQSClient);
  const create = async (QueueName = 'q', Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
  const attributes = async (QueueUrl: string) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
  const set = (QueueUrl: string, Attributes: Record<string, string>) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  return { sandbox, sqs, create, attributes, set };
}

const SECONDS = expect.stringMatching(/^\d{10}$/);
const DEFAULTS = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: SECONDS,
  DelaySeconds: '0',
  LastModifiedTimestamp: SECONDS,
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

it('equal: test_create_and_update_queue_attributes, test_set_queue_attributes_default_values', async () => {
  const { create, attributes, set } = await open();
  const url = await create();
  expect(await attributes(url)).toEqual(DEFAULTS);
  await set(url, { MaximumMessageSize: '2048', VisibilityTimeout: '69', DelaySeconds: '420' });
  expect(await attributes(url)).toEqual({
    ...DEFAULTS,
    MaximumMessageSize: '2048',
    VisibilityTimeout: '69',
    DelaySeconds: '420',
  });
  await set(url, { MaximumMessageSize: '', VisibilityTimeout: '', DelaySeconds: '' });
  expect(await attributes(url)).toEqual(DEFAULTS);
});

it('equal: test_sse_queue_attributes', async () => {
  const { create, attributes, set } = await open();
  const url = await create();
  await set(url, { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' });
  expect(await attributes(url)).toMatchObject({
    KmsMasterKeyId: 'testKeyId',
    KmsDataKeyReusePeriodSeconds: '6000',
    SqsManagedSseEnabled: 'false',
  });
  await set(url, { SqsManagedSseEnabled: 'true' });
  expect(await attributes(url)).toEqual(DEFAULTS);
});

it('equal: test_fifo_set_content_based_deduplication_strategy', async () => {
  const { create, attributes, set } = await open();
  const url = await create('q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  const fifo = {
    ...DEFAULTS,
    ContentBasedDeduplication: 'true',
    DeduplicationScope: 'queue',
    FifoQueue: 'true',
    FifoThroughputLimit: 'perQueue',
    QueueArn: `${DEFAULTS.QueueArn}.fifo`,
  };
  expect(await attributes(url)).toEqual(fifo);
  await set(url, { ContentBasedDeduplication: 'false' });
  expect(await attributes(url)).toEqual({ ...fifo, ContentBasedDeduplication: 'false' });
});

it('equal: test_tag_untag_queue', async () => {
  const { sqs, create } = await open();
  const QueueUrl = await create();
  const tags = () => answerOf(sqs.send(new ListQueueTagsCommand({ QueueUrl })));
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { tag1: 'value1', tag2: 'value2', tag3: '' } }));
  expect(await tags()).toEqual({ Tags: { tag1: 'value1', tag2: 'value2', tag3: '' } });
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['tag1', 'tag3'] }));
  expect(await tags()).toEqual({ Tags: { tag2: 'value2' } });
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['tag2'] }));
  expect(await tags()).toEqual({});
});

it('equal: test_list_queues_pagination', async () => {
  const { sandbox, sqs, create } = await open();
  for (const index of [0, 1, 2]) await create(`p-${index}`);
  const url = (name: string) => `${sandbox.endpoint}/000000000000/${name}`;
  const list = (more: object) => answerOf(sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'p-', ...more })));
  expect(await list({})).toEqual({ QueueUrls: ['p-0', 'p-1', 'p-2'].map(url) });
  const first = (await list({ MaxResults: 2 })) as { NextToken?: string };
  expect(first).toEqual({ QueueUrls: ['p-0', 'p-1'].map(url), NextToken: expect.any(String) });
  expect(await list({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ QueueUrls: [url('p-2')] });
});

it('equal: test_non_existent_queue (the words of JSON)', async () => {
  const { sandbox, sqs } = await open();
  const gone = refusal('QueueDoesNotExist', 'The specified queue does not exist.');
  expect(await answerOf(sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' })))).toEqual(gone);
  const QueueUrl = `${sandbox.endpoint}/000000000000/gone`;
  expect(await answerOf(sqs.send(new GetQueueAttributesCommand({ QueueUrl })))).toEqual(gone);
});

it('equal: test_sqs_permission_lifecycle', async () => {
  const { sqs, create, attributes } = await open();
  const QueueUrl = await create();
  const Label = 'crossaccountpermission';
  const allow = (...AWSAccountIds: string[]) =>
    answerOf(sqs.send(new AddPermissionCommand({ QueueUrl, Label, AWSAccountIds, Actions: ['ReceiveMessage'] })));
  const remove = (label: string) => answerOf(sqs.send(new RemovePermissionCommand({ QueueUrl, Label: label })));
  expect(await allow('668614515564', '111111111111')).toEqual({});
  expect(JSON.parse((await attributes(QueueUrl))!.Policy!)).toEqual({
    Version: '2008-10-17',
    Id: `${DEFAULTS.QueueArn}/SQSDefaultPolicy`,
    Statement: [
      {
        Sid: Label,
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::668614515564:root', 'arn:aws:iam::111111111111:root'] },
        Action: 'SQS:ReceiveMessage',
        Resource: DEFAULTS.QueueArn,
      },
    ],
  });
  expect(await allow('111111111111')).toEqual(
    refusal('InvalidParameterValue', `Value ${Label} for parameter Label is invalid. Reason: Already exists.`),
  );
  expect(await remove('other')).toEqual(
    refusal('InvalidParameterValue', "Value other for parameter Label is invalid. Reason: can't find label."),
  );
  expect(await remove(Label)).toEqual({});
  expect(await attributes(QueueUrl)).toEqual(DEFAULTS);
});

it.each([
  [{ maxReceiveCount: 3 }, 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
  [
    { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 0 },
    /valid values are from 1 to 1000/,
  ],
  [
    { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:none', maxReceiveCount: 3 },
    'Dead letter target does not exist.',
  ],
])('refuses the redrive policy %j', async (policy, reason) => {
  const { create, set } = await open();
  await create('dead');
  const url = await create();
  await expect(set(url, { RedrivePolicy: JSON.stringify(policy) })).rejects.toThrow(reason);
});

it('keeps a name for a minute after its queue was deleted (F-96)', async () => {
  const { sandbox, sqs, create } = await open();
  const QueueUrl = await create();
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  expect(await answerOf(sqs.send(new CreateQueueCommand({ QueueName: 'q' })))).toEqual(
    refusal(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    ),
  );
  expect(sandbox.world.busy).toBe(true);
  await sandbox.advance(60_000);
  expect(await create()).toBe(QueueUrl);
});

it('moves dead letters back where they came from', async () => {
  const { sqs, create } = await open();
  const dead = await create('dead');
  const arn = 'arn:aws:sqs:us-east-1:000000000000:dead';
  const start = () => answerOf(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn })));
  expect(await start()).toMatchObject({
    refused: { message: 'Source queue must be configured as a Dead Letter Queue.' },
  });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: '1' });
  const QueueUrl = await create('q', { RedrivePolicy, VisibilityTimeout: '0' });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const receive = async (url: string) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, VisibilityTimeout: 0 }))).Messages?.length ?? 0;
  expect([await receive(QueueUrl), await receive(QueueUrl), await receive(dead)]).toEqual([1, 0, 1]);
  expect(await start()).toEqual({ TaskHandle: expect.any(String) });
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  expect(await receive(dead)).toBe(0);
});
