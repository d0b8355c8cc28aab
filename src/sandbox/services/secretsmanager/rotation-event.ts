import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { seenFrom } from '../cloudtrail/state.ts';
import { deliver } from '../events/deliver.ts';

/**
 * What CloudTrail makes of a rotation, and EventBridge gets of it where a trail of this region logs.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export function tellRotation(
  eventName: 'RotationStarted' | 'RotationSucceeded' | 'RotationFailed',
  secretArn: string,
  scope: Scope,
): void {
  if (!seenFrom(scope).some(({ logging }) => logging)) return;
  const time = new Date(scope.world.clock.stamp()).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const service = 'secretsmanager.amazonaws.com';
  const event = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS Service Event via CloudTrail',
    source: 'aws.secretsmanager',
    account: scope.account,
    time,
    region: scope.region,
    resources: [],
    detail: {
      eventVersion: '1.08',
      userIdentity: { accountId: scope.account, invokedBy: service },
      eventTime: time,
      eventSource: service,
      eventName,
      awsRegion: scope.region,
      sourceIPAddress: service,
      userAgent: service,
      requestParameters: null,
      responseElements: null,
      additionalEventData: { SecretId: secretArn },
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsServiceEvent',
      managementEvent: true,
      recipientAccountId: scope.account,
      eventCategory: 'Management',
    },
  };
  deliver('default', event, scope);
}
