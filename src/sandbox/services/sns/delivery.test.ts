import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { open, QUEUE, receiver } from './sns-scene.ts';

const wrong = (reason: string) => refusal('InvalidParameterException', `Invalid parameter: ${reason}`);

/** Titles name the recording (LocalStack's suite, tests/aws/services/sns/test_sns.py). */
describe('messages', () => {
  it('test_publish_sqs_from_sns: a queue gets an envelope, or the bare message', async () => {
    const { sns, TopicArn, subscribe, received } = await open();
    const { SubscriptionArn } = await subscribe('sqs', QUEUE);
    const attr1 = { DataType: 'Number', StringValue: '99.12' };
    const { MessageId } = await sns.send(
      new PublishCommand({ TopicArn, Message: 'This is a test message', Subject: 's', MessageAttributes: { attr1 } }),
    );
    const [message] = await received();
    expect(JSON.parse(message!.Body!)).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 's',
      Message: 'This is a test message',
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.stringContaining('SimpleNotificationService-'),
      UnsubscribeURL: expect.stringContaining(`/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`),
      MessageAttributes: { attr1: { Type: 'Number', Value: '99.12' } },
    });
  });

  it('test_attribute_raw_subscribe: raw, with its attributes', async () => {
    const { sns, TopicArn, subscribe, received } = await open();
    await subscribe('sqs', QUEUE, { RawMessageDelivery: 'true' });
    const store = { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) };
    await sns.send(new PublishCommand({ TopicArn, Message: 'bare', MessageAttributes: { store } }));
    expect(await received()).toMatchObject([{ Body: 'bare', MessageAttributes: { store } }]);
  });

  it('test_message_structure_json_exc, test_empty_sns_message, test_publish_with_empty_subject, test_publish_too_long_message', async () => {
    const { sns, TopicArn } = await open();
    const publish = (input: object) => answerOf(sns.send(new PublishCommand({ TopicArn, Message: 'x', ...input })));
    const json = (Message: string) => publish({ Message, MessageStructure: 'json' });
    const structure = (reason: string) => wrong(`Message Structure - ${reason}`);
    expect(await json('{"sqs": "no default"}')).toEqual(structure('No default entry in JSON message body'));
    expect(await json('{"default": {"a": 1}}')).toEqual(structure('No default entry in JSON message body'));
    expect(await json('{"default": invalid}')).toEqual(structure('JSON message body failed to parse'));
    expect(await publish({ Message: '' })).toEqual(wrong('Empty message'));
    expect(await publish({ Subject: '' })).toEqual(wrong('Subject'));
    expect(await publish({ Message: 'x'.repeat(262_145) })).toEqual(wrong('Message too long'));
  });

  it('test_message_structure_json_to_sqs, test_publish_batch_messages_from_sns_to_sqs', async () => {
    const { sns, TopicArn, subscribe, received } = await open();
    await subscribe('sqs', QUEUE, { RawMessageDelivery: 'true' });
    const entry = (Id: string, Message: string, more = {}) => ({ Id, Message, ...more });
    const { Successful, Failed } = await sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          entry('1', '{"default": "for all", "sqs": "for queues"}', { MessageStructure: 'json' }),
          entry('2', 'plain'),
          entry('3', '', {}),
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['1', '2']);
    expect(Failed).toMatchObject([{ Id: '3', SenderFault: true }]);
    expect((await received()).map(({ Body }) => Body)).toEqual(['for queues', 'plain']);
  });

  it('test_subscribe_sqs_queue: a filter lets through what fits', async () => {
    const { sns, TopicArn, subscribe, received } = await open();
    const FilterPolicy = JSON.stringify({ attr1: [{ numeric: ['>', 0, '<=', 100] }] });
    await subscribe('sqs', QUEUE, { FilterPolicy, RawMessageDelivery: 'true' });
    for (const StringValue of ['99.12', '111'])
      await sns.send(
        new PublishCommand({
          TopicArn,
          Message: StringValue,
          MessageAttributes: { attr1: { DataType: 'Number', StringValue } },
        }),
      );
    expect((await received()).map(({ Body }) => Body)).toEqual(['99.12']);
  });

  it('never reach a queue whose policy does not let the topic in', async () => {
    const { sns, TopicArn, subscribe, received, sqs, QueueUrl } = await open();
    await subscribe('sqs', QUEUE);
    const { SetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));
    await sns.send(new PublishCommand({ TopicArn, Message: 'lost' }));
    expect(await received()).toEqual([]);
  });
});

describe('receivers outside of AWS', () => {
  it('test_subscribe_external_http_endpoint: are asked, confirm by visiting, and then get messages', async () => {
    const { sns, sandbox, TopicArn, subscribe, written } = await open();
    const { url, requests } = await receiver();
    const { SubscriptionArn } = await subscribe('http', url);
    await sandbox.settle();
    expect(requests).toMatchObject([
      { headers: { 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': TopicArn } },
    ]);
    await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));
    const { Token, SubscribeURL, Message } = JSON.parse(requests[0]!.body);
    expect(Message).toContain(`You have chosen to subscribe to the topic ${TopicArn}.`);
    for (const address of [SubscribeURL, SubscribeURL]) {
      const answer = await fetch(address);
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(SubscriptionArn!)]);
    }
    expect(SubscribeURL).toContain(Token);

    await sns.send(new PublishCommand({ TopicArn, Message: 'in time' }));
    await sandbox.settle();
    expect(requests).toHaveLength(2);
    expect(requests[1]!.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-subscription-arn': SubscriptionArn,
    });
    expect(JSON.parse(requests[1]!.body)).toMatchObject({ Type: 'Notification', Message: 'in time' });
    expect(written().map(({ outcome }) => outcome)).toEqual([200, 200]);

    await fetch(JSON.parse(requests[1]!.body).UnsubscribeURL);
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '0', SubscriptionsDeleted: '1' });
  });

  it('F-145: get mail that only the sandbox keeps, and are forgotten after two days without an answer', async () => {
    const { sns, sandbox, TopicArn, subscribe, written } = await open();
    await subscribe('email', 'ops@example.com');
    await subscribe('https', 'https://events.example.com/hook');
    await subscribe('email', 'ops@example.com');
    expect(written().map(({ protocol, kind, outcome }) => [protocol, kind, outcome])).toEqual([
      ['email', 'SubscriptionConfirmation', 'kept'],
      ['https', 'SubscriptionConfirmation', 'kept'],
      ['email', 'SubscriptionConfirmation', 'kept'],
    ]);
    await fetch(/http\S+/.exec(written()[2]!.body)![0]);
    await sns.send(new PublishCommand({ TopicArn, Message: 'fire', Subject: 'ALARM' }));
    expect(written().at(-1)).toMatchObject({ endpoint: 'ops@example.com', subject: 'ALARM', body: 'fire' });
    expect(written()).toHaveLength(4);

    await sandbox.advance(49 * 3_600_000);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions?.map(({ Endpoint }) => Endpoint)).toEqual(['ops@example.com']);
  });
});
