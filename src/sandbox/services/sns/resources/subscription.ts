import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { subscribe } from '../operations/subscribe.ts';
import { setSubscriptionAttributes, unsubscribe } from '../operations/subscriptions.ts';
import { subscriptions } from '../state.ts';
import { ATTRIBUTES } from '../subscription-attributes.ts';

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const attributesOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    ATTRIBUTES.filter((name) => properties[name] !== undefined).map((name) => [name, asText(properties[name])]),
  );

/**
 * Done at once, confirmed or not: nobody's mailbox holds a stack up.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */
export const subscription: ResourceProvider = {
  create(properties, { call }) {
    const { TopicArn, Protocol, Endpoint } = properties;
    const Attributes = attributesOf(properties);
    const { SubscriptionArn } = subscribe(
      { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true },
      call,
    );
    return { status: 'done', physicalId: SubscriptionArn!, attributes: { Arn: SubscriptionArn } };
  },

  update({ before, after, physicalId }, { call }) {
    if (!subscriptions.in(call).has(physicalId))
      return { status: 'failed', reason: 'Subscription does not exist', code: 'NotFound' };
    const [was, now] = [attributesOf(before), attributesOf(after)];
    for (const AttributeName of ATTRIBUTES.filter((name) => was[name] !== now[name]))
      setSubscriptionAttributes(
        { SubscriptionArn: physicalId, AttributeName, AttributeValue: now[AttributeName] ?? '' },
        call,
      );
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    unsubscribe({ SubscriptionArn: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, properties, { call }) {
    const row = subscriptions.in(call).get(physicalId);
    if (!row) return undefined;
    return { ...properties, Arn: row.arn, TopicArn: row.topicArn, Protocol: row.protocol, Endpoint: row.endpoint };
  },
};
