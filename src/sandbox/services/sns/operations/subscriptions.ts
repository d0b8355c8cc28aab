import type {
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
  ListSubscriptionsByTopicCommandInput,
  ListSubscriptionsByTopicCommandOutput,
  ListSubscriptionsCommandInput,
  ListSubscriptionsCommandOutput,
  SetSubscriptionAttributesCommandInput,
  Subscription,
  UnsubscribeCommandInput,
} from '@aws-sdk/client-sns';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { checkArn, findSubscription, findTopic, scopeOfArn, subscriptionsOf } from '../find.ts';
import { invalid } from '../refusals.ts';
import { type SubscriptionRow, subscriptions, topics } from '../state.ts';
import { checkSubscriptionAttribute, shownSubscription } from '../subscription-attributes.ts';

const PAGE = 100;

/** One that is gone already is no error (recording test_unsubscribe_idempotency). */
export function unsubscribe({ SubscriptionArn }: UnsubscribeCommandInput, call: Call): Record<string, never> {
  if (!SubscriptionArn) throw invalid('SubscriptionArn Reason: no value for required parameter');
  const arn = checkArn(SubscriptionArn, 'SubscriptionArn');
  if (arn.split(':').length < 7) throw invalid('SubscriptionId');
  const there = scopeOfArn(arn, call);
  const row = subscriptions.in(there).get(arn);
  if (!row) return {};
  if (row.expiry !== undefined) call.world.cancel(row.expiry);
  subscriptions.in(there).delete(arn);
  if (topics.in(there).has(row.topicArn))
    topics.in(there).update(row.topicArn, (draft) => {
      draft.deleted += 1;
    });
  return {};
}

export const getSubscriptionAttributes = (
  { SubscriptionArn }: GetSubscriptionAttributesCommandInput,
  call: Call,
): Answer<GetSubscriptionAttributesCommandOutput> => ({
  Attributes: shownSubscription(findSubscription(SubscriptionArn, call)),
});

export function setSubscriptionAttributes(
  input: SetSubscriptionAttributesCommandInput,
  call: Call,
): Record<string, never> {
  const { AttributeName = '', AttributeValue = '' } = input;
  const { arn } = findSubscription(input.SubscriptionArn, call);
  checkSubscriptionAttribute(AttributeName, AttributeValue);
  subscriptions.in(scopeOfArn(arn, call)).update(arn, (draft) => {
    if (AttributeValue === '') delete draft.attributes[AttributeName];
    else draft.attributes[AttributeName] = AttributeValue;
  });
  return {};
}

export function listSubscriptionsByTopic(
  { TopicArn, NextToken }: ListSubscriptionsByTopicCommandInput,
  call: Call,
): Answer<ListSubscriptionsByTopicCommandOutput> {
  const topic = findTopic(TopicArn, call);
  return listed(subscriptionsOf(topic.arn, call), NextToken);
}

export const listSubscriptions = (
  { NextToken }: ListSubscriptionsCommandInput,
  call: Call,
): Answer<ListSubscriptionsCommandOutput> => listed(subscriptions.in(call).values(), NextToken);

function listed(rows: readonly SubscriptionRow[], token: string | undefined) {
  const { items, next } = page(rows, {
    size: PAGE,
    token,
    refuse: () => {
      throw invalid('NextToken Reason: Invalid token');
    },
  });
  return { Subscriptions: items.map(shown), ...(next && { NextToken: next }) };
}

/** Nobody learns the ARN of what is not confirmed from a list. */
const shown = (row: SubscriptionRow): Subscription => ({
  SubscriptionArn: row.token === undefined ? row.arn : 'PendingConfirmation',
  Owner: row.owner,
  Protocol: row.protocol,
  Endpoint: row.endpoint,
  TopicArn: row.topicArn,
});
