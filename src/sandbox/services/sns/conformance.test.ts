import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, open, QUEUE } from './sns-scene.ts';

const wrong = (reason: string) => refusal('InvalidParameterException', `Invalid parameter: ${reason}`);
const missing = (what: string) => refusal('NotFoundException', `${what} does not exist`, 404);
const elements = (parameter: string, count: number) =>
  wrong(`${parameter} Reason: An ARN must have at least 6 elements, not ${count}`);

/** Titles name the recording (LocalStack's suite, tests/aws/services/sns/test_sns.py). */
describe('topics, as recorded', () => {
  it('test_create_topic_test_arn, test_delete_topic_idempotency', async () => {
    const { sns, TopicArn } = await open();
    const attributes = () => answerOf(sns.send(new GetTopicAttributesCommand({ TopicArn })));
    expect(await attributes()).toEqual({
      Attributes: {
        DisplayName: '',
        EffectiveDeliveryPolicy: expect.stringContaining('"numRetries":3'),
        Owner: '000000000000',
        Policy: expect.stringContaining('"AWS:SourceOwner":"000000000000"'),
        SubscriptionsConfirmed: '0',
        SubscriptionsDeleted: '0',
        SubscriptionsPending: '0',
        TopicArn,
      },
    });
    for (let times = 0; times < 2; times++)
      expect(await answerOf(sns.send(new DeleteTopicCommand({ TopicArn })))).toEqual({});
    expect(await attributes()).toEqual(missing('Topic'));
  });

  it('test_publish_wrong_arn_format, test_unknown_topic_publish', async () => {
    const { sns } = await open();
    const to = (TopicArn: string) => answerOf(sns.send(new PublishCommand({ TopicArn, Message: 'hello' })));
    expect(await to('randomstring')).toEqual(elements('TopicArn', 1));
    expect(await to('randomstring:1')).toEqual(elements('TopicArn', 2));
    expect(await to('')).toEqual(elements('TopicArn', 1));
    expect(await to(`${ARN}other`)).toEqual(missing('Topic'));
  });

  it.each(['', 'x'.repeat(257), 'test!', 'a.b', 'with space', 'plain.fifo'])(
    'test_create_topic_name_constraints: %j',
    async (Name) => {
      const { sns } = await open();
      expect(await answerOf(sns.send(new CreateTopicCommand({ Name })))).toEqual(wrong('Topic Name'));
    },
  );

  it('test_create_topic_different_attrs, test_create_duplicate_topic_with_more_tags', async () => {
    const { sns, TopicArn } = await open({ attributes: { DisplayName: 'Value1' } });
    const again = (more: object) => answerOf(sns.send(new CreateTopicCommand({ Name: 'news', ...more })));
    expect(await again({})).toEqual({ TopicArn });
    expect(await again({ Attributes: { DisplayName: 'Value1' } })).toEqual({ TopicArn });
    const differs = (part: string, what: string) =>
      wrong(`${part} Reason: Topic already exists with different ${what}`);
    expect(await again({ Attributes: { DisplayName: 'Value2' } })).toEqual(differs('Attributes', 'attributes'));
    expect(await again({ Tags: [{ Key: 'k', Value: 'v' }] })).toEqual(differs('Tags', 'tags'));
  });

  it('test_tags, test_tags_removed_after_deletion', async () => {
    const { sns, TopicArn } = await open();
    const tag = (...pairs: string[]) =>
      answerOf(
        sns.send(
          new TagResourceCommand({
            ResourceArn: TopicArn,
            Tags: pairs.map((pair) => ({ Key: pair.split('=')[0], Value: pair.split('=')[1] })),
          }),
        ),
      );
    const tags = async () =>
      (await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags!.map(
        ({ Key, Value }) => `${Key}=${Value}`,
      );
    expect(await tag('k1=v1', 'k2=v2', 'k2=v2')).toEqual(wrong('Duplicated keys are not allowed.'));
    await tag('k1=v1', 'k2=v2');
    expect(await tags()).toEqual(['k1=v1', 'k2=v2']);
    await sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['k1'] }));
    await tag('k2=v2b');
    expect(await tags()).toEqual(['k2=v2b']);
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(await tags()).toEqual([]);
  });

  it('test_topic_get_attributes_with_fifo_false: a topic keeps its type', async () => {
    const { sns, TopicArn } = await open();
    const set = new SetTopicAttributesCommand({ TopicArn, AttributeName: 'FifoTopic', AttributeValue: 'false' });
    expect(await answerOf(sns.send(set))).toEqual(wrong('AttributeName'));
  });
});

describe('subscriptions, as recorded', () => {
  it('test_subscribe_sqs_queue, test_attribute_raw_subscribe, test_double_subscription, test_subscribe_idempotency', async () => {
    const { sns, TopicArn, subscribe } = await open();
    const { SubscriptionArn } = await subscribe('sqs', QUEUE, { RawMessageDelivery: 'true' });
    expect(SubscriptionArn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect((await subscribe('sqs', QUEUE)).SubscriptionArn).toBe(SubscriptionArn);
    expect(await answerOf(subscribe('sqs', QUEUE, { RawMessageDelivery: 'false' }))).toEqual(
      wrong('Attributes Reason: Subscription already exists with different attributes'),
    );
    expect(await answerOf(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })))).toEqual({
      Attributes: {
        ConfirmationWasAuthenticated: 'true',
        Endpoint: QUEUE,
        Owner: '000000000000',
        PendingConfirmation: 'false',
        Protocol: 'sqs',
        RawMessageDelivery: 'true',
        SubscriptionArn,
        SubscriptionPrincipal: expect.stringContaining('arn:aws:iam::000000000000:'),
        TopicArn,
      },
    });
  });

  it('test_subscribe_with_invalid_protocol, test_subscribe_unknown_sqs_queue, test_subscribe_with_invalid_topic', async () => {
    const { sns, subscribe } = await open();
    expect(await answerOf(subscribe('test-protocol', QUEUE))).toEqual(
      wrong('Amazon SNS does not support this protocol string: test-protocol'),
    );
    expect(await answerOf(subscribe('sqs', 'http://queue/inbox'))).toEqual(wrong('SQS endpoint ARN'));
    expect(await answerOf(subscribe('sqs', QUEUE.replace('inbox', 'none')))).toHaveProperty('SubscriptionArn');
    const to = (TopicArn: string) =>
      answerOf(sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@b.example' })));
    expect(await to('randomstring')).toEqual(elements('TopicArn', 1));
    expect(await to('arn:aws:sns:us-east-1:1')).toEqual(elements('TopicArn', 5));
    expect(await to(`${ARN}none`)).toEqual(missing('Topic'));
  });

  it('test_unsubscribe_wrong_arn_format, test_unsubscribe_idempotency', async () => {
    const { sns, subscribe } = await open();
    const end = (SubscriptionArn: string) => answerOf(sns.send(new UnsubscribeCommand({ SubscriptionArn })));
    expect(await end('randomstring')).toEqual(elements('SubscriptionArn', 1));
    expect(await end('arn:aws:sns:us-east-1:1')).toEqual(elements('SubscriptionArn', 5));
    expect(await end(`${ARN}news`)).toEqual(wrong('SubscriptionId'));
    expect(await end('')).toEqual(wrong('SubscriptionArn Reason: no value for required parameter'));
    const { SubscriptionArn } = await subscribe('sqs', QUEUE);
    expect([await end(SubscriptionArn!), await end(SubscriptionArn!)]).toEqual([{}, {}]);
    expect(await answerOf(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })))).toEqual(
      missing('Subscription'),
    );
  });

  it('test_validate_set_sub_attributes, test_create_subscriptions_with_attributes', async () => {
    const { sns, subscribe } = await open();
    const raw = (value: string) => `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`;
    expect(await answerOf(subscribe('sqs', QUEUE, { RawMessageDelivery: 'wrongvalue' }))).toEqual(
      wrong(`Attributes Reason: ${raw('wrongvalue')}`),
    );
    const { SubscriptionArn } = await subscribe('sqs', QUEUE);
    const set = (AttributeName: string, AttributeValue: string) =>
      answerOf(sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue })));
    expect(await set('FakeAttribute', 'value')).toEqual(wrong('AttributeName'));
    expect(await set('RawMessageDelivery', 'test-ValUe')).toEqual(wrong(raw('test-ValUe')));
    expect(await set('RawMessageDelivery', '')).toEqual(wrong(raw('')));
    expect(await set('RedrivePolicy', '{"deadLetterTargetArn": "fake"}')).toEqual(
      wrong('RedrivePolicy: deadLetterTargetArn is an invalid arn'),
    );
    expect(await set('FilterPolicy', '{invalid}')).toMatchObject({
      refused: { message: expect.stringMatching(/^Invalid parameter: FilterPolicy: failed to parse JSON\./) },
    });
  });

  it('test_http_subscription_response, test_creating_subscription, test_sns_confirm_subscription_wrong_token', async () => {
    const { sns, TopicArn, subscribe } = await open();
    const mail = { TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' };
    expect(await answerOf(sns.send(new SubscribeCommand(mail)))).toEqual({ SubscriptionArn: 'pending confirmation' });
    expect((await subscribe('email', 'ops@example.com')).SubscriptionArn).toContain(`${TopicArn}:`);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toEqual([
      {
        Endpoint: 'ops@example.com',
        Owner: '000000000000',
        Protocol: 'email',
        SubscriptionArn: 'PendingConfirmation',
        TopicArn,
      },
    ]);
    const confirm = (Token: string) => answerOf(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token })));
    expect(await confirm('51b2ff3e')).toEqual(refusal('InvalidParameterException', 'Invalid token'));
    expect(await confirm('ab'.repeat(164))).toEqual(wrong('Token'));
  });
});
