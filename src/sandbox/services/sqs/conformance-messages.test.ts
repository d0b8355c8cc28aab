import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { HELLO, open } from './message-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/test_sqs.py), the `[sqs]` variant of each. */
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
