import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/test_sqs.py), the `[sqs]` variant of each. */
async function open(attributes: Record<string, string> = {}) {
  const sandbox = await startSandbox();
  // Polls let virtual time pass; here the test decides.
  sandbox.world.pause();
  const sqs = sandbox.client(SQSClient);
  const isFifo = attributes.FifoQueue === 'true';
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl!;
  };
  const QueueUrl = await create(isFifo ? 'q.fifo' : 'q', attributes);
  const send = (more: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', ...more }));
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }));
    return Messages;
  };
  const remove = (ReceiptHandle?: string) => answerOf(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })));
  const attributesNow = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes!;
  return { sandbox, sqs, QueueUrl, create, send, receive, remove, attributesNow };
}

const FIFO = { FifoQueue: 'true' };
const group = (MessageGroupId: string, MessageDeduplicationId: string, MessageBody = 'hello') => ({
  MessageGroupId,
  MessageDeduplicationId,
  MessageBody,
});
const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
const HELLO = {
  Body: 'hello',
  MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
  MessageId: expect.any(String),
  ReceiptHandle: expect.any(String),
};

describe('equal: standard queues', () => {
  it('test_send_receive_max_number_of_messages, test_receive_empty_queue, test_send_receive_wait_time_seconds', async () => {
    const { send, receive } = await open();
    expect(await receive({ WaitTimeSeconds: 1 })).toEqual([]);
    await send();
    expect(await receive()).toEqual([HELLO]);
  });

  it('test_delete_after_visibility_timeout, test_change_message_visibility_after_visibility_timeout_expiration', async () => {
    const { sandbox, sqs, QueueUrl, send, receive, remove } = await open();
    await send();
    const [message] = await receive({ VisibilityTimeout: 5 });
    await sandbox.advance(6_000);
    const ReceiptHandle = message!.ReceiptHandle;
    const hide = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 2 });
    expect(await answerOf(sqs.send(hide))).toEqual({});
    expect(await remove(ReceiptHandle)).toEqual({});
    await sandbox.advance(10_000);
    expect(await receive()).toEqual([]);
  });

  it('test_approximate_number_of_messages_not_visible', async () => {
    const { send, receive, attributesNow } = await open();
    for (const _ of [1, 2, 3]) await send();
    await receive({ MaxNumberOfMessages: 2 });
    expect(await attributesNow()).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '2',
      ApproximateNumberOfMessagesDelayed: '0',
    });
  });

  it('test_receive_message_attribute_names_filters, …_message_system_attribute_names_filters, test_message_system_attribute_names_with_attribute_names, test_fair_queue_with_message_group_id', async () => {
    const { send, receive } = await open({ VisibilityTimeout: '0' });
    await send({ MessageAttributes: { Foo: { DataType: 'String', StringValue: 'Bar' } }, MessageGroupId: 'test' });
    const all = {
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      MessageGroupId: 'test',
      SenderId: '000000000000',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
    };
    expect(await receive({ AttributeNames: ['All'] })).toEqual([
      { ...HELLO, Attributes: { ...all, ApproximateReceiveCount: '1' } },
    ]);
    expect(await receive({ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] })).toEqual([
      {
        ...HELLO,
        Attributes: { ...all, ApproximateReceiveCount: '2' },
        MD5OfMessageAttributes: 'ae7155c6026991b6d54b11589678bf9c',
        MessageAttributes: { Foo: { DataType: 'String', StringValue: 'Bar' } },
      },
    ]);
    expect((await receive({ MessageSystemAttributeNames: ['SenderId'] }))[0]!.Attributes).toEqual({
      SenderId: '000000000000',
    });
  });

  it('test_receive_message_message_attribute_names_filters', async () => {
    const { send, receive } = await open({ VisibilityTimeout: '0' });
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') };
    const { MD5OfMessageAttributes } = await send({ MessageAttributes });
    expect(MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
    const names = async (...MessageAttributeNames: string[]) =>
      Object.keys((await receive({ MessageAttributeNames }))[0]!.MessageAttributes ?? {}).sort();
    expect(await names()).toEqual([]);
    expect(await names('All')).toEqual(['General', 'Hello', 'Help.Me']);
    expect(await names('.*')).toEqual(['General', 'Hello', 'Help.Me']);
    expect(await names('Hello')).toEqual(['Hello']);
    expect(await names('Hel.*')).toEqual(['Hello', 'Help.Me']);
    expect(await names('Foo', 'Help.*')).toEqual(['Help.Me']);
  });

  it('test_send_message_with_binary_attributes, test_send_message_batch_with_oversized_contents_with_updated_maximum_message_size', async () => {
    const { sqs, QueueUrl, send, receive } = await open();
    const BinaryValue = new Uint8Array(
      Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01'),
    );
    await send({ MessageBody: 'test', MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } } });
    const [message] = await receive({ MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MD5OfMessageAttributes: '8cbe4db156db8a94db8b801b7addb984',
      MessageAttributes: { attr1: { BinaryValue, DataType: 'Binary' } },
    });
    const Entries = [
      { Id: '1', MessageBody: 'b'.repeat(1000) },
      { Id: '2', MessageBody: 'a' },
    ];
    const { Successful } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful!.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody])[1]).toEqual([
      '2',
      '0cc175b9c0f1b6a831c399e269772661',
    ]);
  });

  it('test_send_batch_message_size', async () => {
    const { sqs, QueueUrl } = await open({ MaximumMessageSize: '1024' });
    const Entries = [
      { Id: 'big', MessageBody: 'a'.repeat(1025) },
      { Id: 'fits', MessageBody: 'a'.repeat(1024) },
    ];
    expect(await answerOf(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toEqual({
      Failed: [
        {
          Code: 'InvalidParameterValue',
          Id: 'big',
          Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
          SenderFault: true,
        },
      ],
      Successful: [{ Id: 'fits', MD5OfMessageBody: 'c9a34cfc85d982698c6ac89f76071abd', MessageId: expect.any(String) }],
    });
  });

  it('test_dead_letter_queue_message_attributes, test_aws_trace_header_propagation, test_set_empty_redrive_policy', async () => {
    const { sandbox, sqs, QueueUrl, create, send, receive } = await open();
    const dead = await create('dead');
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const set = (RedrivePolicy: string) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
    await set(JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }));
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    await send({
      MessageAttributes: { MyAttribute: { DataType: 'String', StringValue: 'foobar' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
    });
    await receive({ VisibilityTimeout: 1 });
    await sandbox.advance(2_000);
    expect(await receive()).toEqual([]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead, AttributeNames: ['All'], MessageAttributeNames: ['All'] }),
    );
    expect(Messages).toMatchObject([
      {
        Attributes: {
          ApproximateReceiveCount: '2',
          AWSTraceHeader: trace,
          DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q',
        },
        MD5OfMessageAttributes: 'adb59cd4678ea5a855436b949cd07ab6',
        MessageAttributes: { MyAttribute: { StringValue: 'foobar' } },
      },
    ]);
    await set('');
    await send();
    for (const _ of [1, 2, 3]) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
  });
});

describe('equal: FIFO queues', () => {
  it('test_fifo_message_attributes', async () => {
    const { send, receive } = await open({ ...FIFO, VisibilityTimeout: '0', ContentBasedDeduplication: 'true' });
    const { SequenceNumber } = await send(group('group-1', 'dedup-1'));
    for (const count of ['1', '2'])
      expect((await receive({ AttributeNames: ['All'] }))[0]!.Attributes).toEqual({
        ApproximateFirstReceiveTimestamp: expect.any(String),
        ApproximateReceiveCount: count,
        MessageDeduplicationId: 'dedup-1',
        MessageGroupId: 'group-1',
        SenderId: '000000000000',
        SentTimestamp: expect.any(String),
        SequenceNumber,
      });
  });

  it('test_fifo_empty_message_groups_added_back_to_queue, test_fifo_approximate_number_of_messages_not_visible', async () => {
    const { send, receive, remove, attributesNow } = await open(FIFO);
    await send(group('g', '1', 'one'));
    const [first] = await receive();
    expect(await attributesNow()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
    await remove(first!.ReceiptHandle);
    expect(await receive()).toEqual([]);
    await send(group('g', '2', 'two'));
    expect(bodies(await receive())).toEqual(['two']);
  });

  it('test_fifo_delete_after_visibility_timeout, …_extended', async () => {
    const { sandbox, sqs, QueueUrl, send, receive, remove } = await open(FIFO);
    await send(group('g', '1'));
    const [first] = await receive({ VisibilityTimeout: 1 });
    await sandbox.advance(2_000);
    const ReceiptHandle = first!.ReceiptHandle!;
    expect(await remove(ReceiptHandle)).toEqual(
      refusal(
        'InvalidParameterValue',
        `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
      ),
    );
    const [second] = await receive({ VisibilityTimeout: 1 });
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: second!.ReceiptHandle, VisibilityTimeout: 30 }),
    );
    await sandbox.advance(2_000);
    expect(await remove(second!.ReceiptHandle)).toEqual({});
  });

  it('test_fifo_group_visibility_extends_with_change_message_visibility[*], messages of a group in order', async () => {
    const { send, receive, remove } = await open(FIFO);
    for (const [id, name] of [
      ['1', 'a'],
      ['2', 'a'],
      ['3', 'b'],
    ] as const)
      await send(group(name, id, name + id));
    const [first] = await receive();
    expect(first!.Body).toBe('a1');
    expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(['b3']);
    await remove(first!.ReceiptHandle);
    expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(['a2']);
  });

  it.each(['true', 'false'])(
    'test_fifo_deduplication_arrives_once_after_delete, …_not_on_message_group_id[%s]',
    async (hashed) => {
      const { sandbox, send, receive, remove } = await open({ ...FIFO, ContentBasedDeduplication: hashed });
      const once = hashed === 'true' ? { MessageGroupId: 'g' } : group('g', 'd');
      const { MessageId } = await send(once);
      const [message] = await receive();
      await remove(message!.ReceiptHandle);
      expect((await send({ ...once, MessageGroupId: 'other' })).MessageId).toBe(MessageId);
      expect(await receive()).toEqual([]);
      await sandbox.advance(5 * 60_000);
      await send(once);
      expect(await receive()).toHaveLength(1);
    },
  );

  it('test_sqs_fifo_same_dedup_id_different_message_groups, test_sqs_fifo_message_group_scope_no_throughput_setting', async () => {
    const queueWide = await open(FIFO);
    for (const name of ['a', 'b']) await queueWide.send(group(name, 'd'));
    expect(await queueWide.receive({ MaxNumberOfMessages: 10 })).toHaveLength(1);
    const perGroup = await open({ ...FIFO, DeduplicationScope: 'messageGroup' });
    for (const name of ['a', 'b']) await perGroup.send(group(name, 'd'));
    expect(await perGroup.receive({ MaxNumberOfMessages: 10 })).toHaveLength(2);
  });

  it('test_fifo_change_to_high_throughput_after_creation, test_fifo_change_to_regular_throughput_after_creation, test_fifo_high_throughput_ordering', async () => {
    const HIGH = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    const LOW = { DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' };
    const all = { MaxNumberOfMessages: 10 };
    for (const [before, after, arrives] of [
      [LOW, HIGH, 0],
      [HIGH, LOW, 1],
    ] as const) {
      const { sqs, QueueUrl, send, receive, attributesNow } = await open({ ...FIFO, ...before });
      await send(group('a', 'd'));
      expect(await receive(all)).toHaveLength(1);
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: after }));
      expect(await attributesNow()).toMatchObject(after);
      await send(group('b', 'd'));
      expect(await receive(all)).toHaveLength(arrives);
    }
  });

  it('test_fifo_queue_send_message_with_zero_delay_defaults_to_queue_delay', async () => {
    const { sandbox, send, receive } = await open({ ...FIFO, DelaySeconds: '2' });
    await send({ ...group('g', '1'), DelaySeconds: 0 });
    expect(await receive()).toEqual([]);
    await sandbox.advance(2_000);
    expect(await receive()).toHaveLength(1);
  });
});
