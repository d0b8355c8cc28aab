import { ChangeMessageVisibilityCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/answer-of.ts';
import { bodies, FIFO, group, open } from './message-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/test_sqs.py), the `[sqs]` variant of each. */
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
