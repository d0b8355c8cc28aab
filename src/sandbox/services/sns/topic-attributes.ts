import type { Scope } from '../../kernel/scope.ts';
import { subscriptionsOf } from './find.ts';
import { invalid } from './refusals.ts';
import type { TopicRow } from './state.ts';

/** Recording test_create_topic_test_arn. */
const DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

const SETTABLE = [
  'DeliveryPolicy',
  'DisplayName',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
  'DataProtectionPolicy',
];
/** Delivery status logging, by protocol: kept and shown. */
const FEEDBACK = /^(HTTP|Application|Lambda|SQS|Firehose)(Success|Failure)Feedback(RoleArn|SampleRate)$/;

/** Whoever is in the account may do everything but hand the topic on. */
export const defaultPolicy = (arn: string, account: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });

export const ownerOf = ({ arn }: Pick<TopicRow, 'arn'>): string => arn.split(':')[4]!;
export const policyOf = (topic: TopicRow): string =>
  topic.attributes.Policy ?? defaultPolicy(topic.arn, ownerOf(topic));

export function checkTopicAttribute(name: string | undefined, value: string): void {
  if (!name || !(SETTABLE.includes(name) || FEEDBACK.test(name))) throw invalid('AttributeName');
  if (name === 'Policy' && value !== '' && !isPolicy(value)) throw invalid('Policy Error: null');
  if (name === 'SignatureVersion' && !['1', '2'].includes(value)) throw invalid('SignatureVersion');
  if (name === 'TracingConfig' && !['Active', 'PassThrough'].includes(value)) throw invalid('TracingConfig');
  if (name === 'DisplayName' && value.length > 100) throw invalid('DisplayName');
}

function isPolicy(text: string): boolean {
  try {
    return Array.isArray([JSON.parse(text).Statement].flat());
  } catch {
    return false;
  }
}

/** All attributes as GetTopicAttributes shows them. */
export function shownAttributes(topic: TopicRow, scope: Scope): Record<string, string> {
  const { Policy: _, ...set } = topic.attributes;
  const all = subscriptionsOf(topic.arn, scope);
  const pending = all.filter(({ token }) => token !== undefined).length;
  return {
    DisplayName: '',
    EffectiveDeliveryPolicy: topic.attributes.DeliveryPolicy || DELIVERY_POLICY,
    Owner: ownerOf(topic),
    Policy: policyOf(topic),
    SubscriptionsConfirmed: String(all.length - pending),
    SubscriptionsDeleted: String(topic.deleted),
    SubscriptionsPending: String(pending),
    TopicArn: topic.arn,
    ...set,
  };
}
