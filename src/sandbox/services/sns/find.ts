import type { Scope } from '../../kernel/scope.ts';
import { invalid, subscriptionMissing, topicMissing } from './refusals.ts';
import { type SubscriptionRow, subscriptions, type TopicRow, topics } from './state.ts';

const PARTS = 6;

/** Where the thing of an ARN lives, which need not be where it is asked from. */
export function scopeOfArn<S extends Scope>(arn: string, scope: S): S {
  const [, , , region, account] = arn.split(':');
  return { ...scope, region: region || scope.region, account: account || scope.account };
}

export function checkArn(arn: string | undefined, parameter: string): string {
  const parts = (arn ?? '').split(':').length;
  if (parts < PARTS) throw invalid(`${parameter} Reason: An ARN must have at least ${PARTS} elements, not ${parts}`);
  return arn!;
}

export function findTopic(arn: string | undefined, scope: Scope, parameter = 'TopicArn'): TopicRow {
  const checked = checkArn(arn, parameter);
  const row = topics.in(scopeOfArn(checked, scope)).get(checked);
  if (!row) throw topicMissing();
  return row;
}

export function findSubscription(arn: string | undefined, scope: Scope): SubscriptionRow {
  const checked = checkArn(arn, 'SubscriptionArn');
  const row = subscriptions.in(scopeOfArn(checked, scope)).get(checked);
  if (!row) throw subscriptionMissing();
  return row;
}

export const subscriptionsOf = (topicArn: string, scope: Scope): SubscriptionRow[] =>
  subscriptions
    .in(scopeOfArn(topicArn, scope))
    .values()
    .filter((row) => row.topicArn === topicArn);
