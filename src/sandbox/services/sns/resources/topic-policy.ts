import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { setTopicAttributes } from '../operations/topics.ts';
import { topics } from '../state.ts';

const asText = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));

function put({ Topics = [], PolicyDocument }: Properties, call: ResourceContext['call']): void {
  for (const TopicArn of Topics)
    setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: asText(PolicyDocument) }, call);
}

/** What is left is the policy that every topic begins with. */
function remove(arns: readonly string[], call: ResourceContext['call']): void {
  for (const TopicArn of arns)
    if (topics.in(call).has(TopicArn))
      setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: '' }, call);
}

export const topicPolicy: ResourceProvider = {
  create(properties, { call, generateName }) {
    put(properties, call);
    return { status: 'done', physicalId: generateName() };
  },
  update({ before, after, physicalId }, { call }) {
    const gone = (before.Topics ?? []).filter((arn: string) => !(after.Topics ?? []).includes(arn));
    remove(gone, call);
    put(after, call);
    return { status: 'done', physicalId };
  },
  delete(properties, physicalId, { call }) {
    remove(properties.Topics ?? [], call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const [arn] = properties.Topics ?? [];
    const policy = arn === undefined ? undefined : topics.in(call).get(arn)?.attributes.Policy;
    return policy === undefined ? undefined : { ...properties, Id: physicalId, PolicyDocument: JSON.parse(policy) };
  },
};
