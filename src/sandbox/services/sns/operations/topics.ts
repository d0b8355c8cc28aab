import type {
  CreateTopicCommandInput,
  CreateTopicCommandOutput,
  DeleteTopicCommandInput,
  GetTopicAttributesCommandInput,
  GetTopicAttributesCommandOutput,
  ListTopicsCommandInput,
  ListTopicsCommandOutput,
  SetTopicAttributesCommandInput,
} from '@aws-sdk/client-sns';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { checkArn, findTopic, scopeOfArn, subscriptionsOf } from '../find.ts';
import { invalid } from '../refusals.ts';
import { subscriptions, topics } from '../state.ts';
import { checkTopicAttribute, shownAttributes } from '../topic-attributes.ts';
import { taken } from './tags.ts';

const PAGE = 100;

/** Answers with the topic that is there already, unless it differs from what is asked for. */
export function createTopic(input: CreateTopicCommandInput, call: Call): Answer<CreateTopicCommandOutput> {
  const { Name = '', Attributes = {}, Tags = [] } = input;
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name.replace(/\.fifo$/, ''))) throw invalid('Topic Name');
  const { FifoTopic, ...attributes } = Attributes as Record<string, string>;
  if (Name.endsWith('.fifo') !== (FifoTopic === 'true')) throw invalid('Topic Name');
  if (FifoTopic === 'true') throw invalid('Topic Name Reason: The sandbox does not simulate FIFO topics');
  for (const [name, value] of Object.entries(attributes)) checkTopicAttribute(name, value);

  const tags = taken({}, Tags);
  const arn = `arn:aws:sns:${call.region}:${call.account}:${Name}`;
  const before = topics.in(call).get(arn);
  if (!before) {
    topics.in(call).put(arn, { name: Name, arn, attributes, tags, deleted: 0 });
    return { TopicArn: arn };
  }
  if (Object.entries(attributes).some(([name, value]) => before.attributes[name] !== value))
    throw invalid('Attributes Reason: Topic already exists with different attributes');
  if (Object.entries(tags).some(([key, value]) => before.tags[key] !== value))
    throw invalid('Tags Reason: Topic already exists with different tags');
  return { TopicArn: arn };
}

/** One that is gone already is no error (recording test_delete_topic_idempotency). */
export function deleteTopic({ TopicArn }: DeleteTopicCommandInput, call: Call): Record<string, never> {
  const arn = checkArn(TopicArn, 'TopicArn');
  const there = scopeOfArn(arn, call);
  for (const row of subscriptionsOf(arn, call)) {
    if (row.expiry !== undefined) call.world.cancel(row.expiry);
    subscriptions.in(there).delete(row.arn);
  }
  topics.in(there).delete(arn);
  return {};
}

export function listTopics({ NextToken }: ListTopicsCommandInput, call: Call): Answer<ListTopicsCommandOutput> {
  const { items, next } = page(topics.in(call).values(), {
    size: PAGE,
    token: NextToken,
    refuse: () => {
      throw invalid('NextToken Reason: Invalid token');
    },
  });
  return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...(next && { NextToken: next }) };
}

export const getTopicAttributes = (
  { TopicArn }: GetTopicAttributesCommandInput,
  call: Call,
): Answer<GetTopicAttributesCommandOutput> => ({ Attributes: shownAttributes(findTopic(TopicArn, call), call) });

/** An empty value brings the default back. */
export function setTopicAttributes(input: SetTopicAttributesCommandInput, call: Call): Record<string, never> {
  const { TopicArn, AttributeName, AttributeValue = '' } = input;
  const { arn } = findTopic(TopicArn, call);
  if (AttributeValue !== '') checkTopicAttribute(AttributeName, AttributeValue);
  else checkTopicAttribute(AttributeName === 'SignatureVersion' ? 'DisplayName' : AttributeName, '');
  topics.in(scopeOfArn(arn, call)).update(arn, (draft) => {
    if (AttributeValue === '') delete draft.attributes[AttributeName!];
    else draft.attributes[AttributeName!] = AttributeValue;
  });
  return {};
}
