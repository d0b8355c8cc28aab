import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { defineTable } from '../../kernel/scope.ts';

export interface TopicRow {
  name: string;
  arn: string;
  /** Only what was set; the rest is default. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** How many of its subscriptions were ended. */
  deleted: number;
}

export interface SubscriptionRow {
  arn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  owner: string;
  principal: string;
  attributes: Record<string, string>;
  /** What confirms it, as long as nobody has. */
  token?: string;
  /** The token that did: it may come again. */
  confirmedBy?: string;
  /** The timer that ends it when nobody confirms it. */
  expiry?: string;
}

/** A message attribute as JSON: binary values in base64. */
export type StoredAttribute = Omit<MessageAttributeValue, 'BinaryValue'> & { BinaryValue?: string };

/** What left the account, or would have: mails and requests to servers. */
export interface PostRow {
  /** Real milliseconds since 1970. */
  at: number;
  protocol: string;
  endpoint: string;
  topicArn: string;
  kind: 'SubscriptionConfirmation' | 'Notification';
  subject: string;
  body: string;
  /** `kept`: nobody is asked outside this machine. A number: what the server answered. */
  outcome: 'kept' | 'under way' | 'unreachable' | number;
}

/** Topics and subscriptions by ARN. */
export const topics = defineTable<TopicRow>('sns.topics');
export const subscriptions = defineTable<SubscriptionRow>('sns.subscriptions');
export const posts = defineTable<PostRow>('sns.posts');
