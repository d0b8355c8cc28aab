import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import { core, kms, sns } from '../aws-cdk.ts';
import { denyPlainText } from '../policy.ts';
import type { AppSettings } from '../settings.ts';
import { scheduledRuns } from './failed-runs.ts';

/**
 * Without a condition, which EventBridge does not meet in policies of topics:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
const RULES = { Sid: 'FailedRuns', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } };

/**
 * Where alarms go, and from there to people and servers. Under a key of its own: the one that SNS manages lets
 * CloudWatch in as little as anybody else, and every alarm would be lost without a word.
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, settings: AppSettings) {
    super(scope, id);
    const { project, environment, account, observability } = settings;
    const { emails, webhooks } = observability.receivers;
    const tellers = scheduledRuns(settings).length > 0 ? [RULES] : [];
    const fromHere = { StringEquals: { 'aws:SourceAccount': account } };
    const key = new kms.CfnKey(this, 'Key', {
      description: `Alarms of ${project}/${environment}`,
      enableKeyRotation: true,
      pendingWindowInDays: 7,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Account',
            Effect: 'Allow',
            Principal: { AWS: `arn:${core.Aws.PARTITION}:iam::${account}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
          {
            Sid: 'Alarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
            Condition: fromHere,
          },
          ...tellers.map((teller) => ({ ...teller, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' })),
        ],
      },
    });
    const topic = new sns.CfnTopic(this, 'Topic', {
      displayName: `${project} ${environment}`.slice(0, 100),
      kmsMasterKeyId: key.attrArn,
    });
    new sns.CfnTopicPolicy(this, 'Policy', {
      topics: [topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Alarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topic.ref,
            Condition: fromHere,
          },
          ...tellers.map((teller) => ({ ...teller, Action: 'sns:Publish', Resource: topic.ref })),
          denyPlainText('sns:Publish', [topic.ref]),
        ],
      },
    });
    // Named for the address, so that one more or less leaves the others alone: each had to be confirmed.
    for (const endpoint of emails) this.#receiver('Email', 'email', topic.ref, endpoint);
    for (const endpoint of webhooks) this.#receiver('Webhook', 'https', topic.ref, endpoint);
    this.arn = topic.ref;
  }

  #receiver(kind: string, protocol: string, topicArn: string, endpoint: string): void {
    const id = createHash('sha256').update(endpoint).digest('hex').slice(0, 8);
    new sns.CfnSubscription(this, `${kind}${id}`, { topicArn, protocol, endpoint });
  }
}
