import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { subscribe } from '../operations/subscribe.ts';
import { createTopic, deleteTopic, setTopicAttributes } from '../operations/topics.ts';
import { topics } from '../state.ts';

const TEXTS = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

const attributesOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    TEXTS.filter((name) => properties[name] !== undefined).map((name) => [name, String(properties[name])]),
  );

const tagsOf = (properties: Properties, { tags }: ResourceContext): Record<string, string> =>
  Object.fromEntries([...tags, ...(properties.Tags ?? [])].map(({ Key, Value }: Properties) => [Key, Value]));

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topic: ResourceProvider = {
  create(properties, context) {
    const { call } = context;
    const Name = properties.TopicName ?? context.generateName({ maxLength: 256 });
    const arn = `arn:aws:sns:${call.region}:${call.account}:${Name}`;
    if (topics.in(call).has(arn)) return { status: 'failed', reason: `${arn} already exists`, code: 'AlreadyExists' };
    const isFifo = String(properties.FifoTopic) === 'true';
    createTopic({ Name, Attributes: { ...attributesOf(properties), ...(isFifo && { FifoTopic: 'true' }) } }, call);
    topics.in(call).update(arn, (draft) => {
      draft.tags = tagsOf(properties, context);
    });
    for (const { Protocol, Endpoint } of properties.Subscription ?? [])
      subscribe({ TopicArn: arn, Protocol, Endpoint }, call);
    return { status: 'done', physicalId: arn, attributes: { TopicArn: arn, TopicName: Name } };
  },

  update({ before, after, physicalId }, context) {
    const { call } = context;
    const [was, now] = [attributesOf(before), attributesOf(after)];
    for (const AttributeName of TEXTS.filter((name) => was[name] !== now[name]))
      setTopicAttributes({ TopicArn: physicalId, AttributeName, AttributeValue: now[AttributeName] ?? '' }, call);
    topics.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, context);
    });
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    deleteTopic({ TopicArn: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = topics.in(call).get(physicalId);
    if (!row) return undefined;
    const { Policy: _, DeliveryPolicy: __, ...attributes } = row.attributes;
    return {
      TopicArn: row.arn,
      TopicName: row.name,
      ...attributes,
      Tags: Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value })),
    };
  },
};
