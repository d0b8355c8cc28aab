import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { EXPIRED } from './confirmation.ts';
import { publish, publishBatch } from './operations/publish.ts';
import { confirmSubscription, subscribe } from './operations/subscribe.ts';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  unsubscribe,
} from './operations/subscriptions.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from './operations/topics.ts';
import { subscription } from './resources/subscription.ts';
import { topic } from './resources/topic.ts';
import { topicPolicy } from './resources/topic-policy.ts';
import { subscriptions } from './state.ts';

export const sns: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-sns'),
  client: 'SNSClient',
  operations: {
    ConfirmSubscription: confirmSubscription,
    CreateTopic: createTopic,
    DeleteTopic: deleteTopic,
    GetSubscriptionAttributes: getSubscriptionAttributes,
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptions: listSubscriptions,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListTagsForResource: listTagsForResource,
    ListTopics: listTopics,
    Publish: publish,
    PublishBatch: publishBatch,
    SetSubscriptionAttributes: setSubscriptionAttributes,
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    TagResource: tagResource,
    Unsubscribe: unsubscribe,
    UntagResource: untagResource,
  },
  timers: {
    [EXPIRED]: ({ arn }: { arn: string }, scope) => {
      if (subscriptions.in(scope).get(arn)?.token !== undefined) subscriptions.in(scope).delete(arn);
    },
  },
  resources: {
    'AWS::SNS::Subscription': subscription,
    'AWS::SNS::Topic': topic,
    'AWS::SNS::TopicPolicy': topicPolicy,
  },
};
