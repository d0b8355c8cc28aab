/**
 * What Secrets Manager tells through CloudTrail when a rotation has ended.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
export interface RotationEvent {
  'detail-type'?: string;
  detail?: { eventName?: string; additionalEventData?: { SecretId?: string } };
}

/**
 * Why there is nothing to do; undefined when there is. An event without detail is a person who asks for it by hand, a
 * schedule's makes good what no event told of. Other events of the same secret come before its new version is current,
 * or after nothing has changed.
 */
export function reasonToIgnore(event: RotationEvent | undefined, secretArn: string): string | undefined {
  if (!event?.detail || event['detail-type'] === 'Scheduled Event') return undefined;
  const { eventName, additionalEventData } = event.detail;
  if (eventName !== 'RotationSucceeded') return `the event is ${eventName ?? 'nameless'}, not RotationSucceeded`;
  const other = additionalEventData?.SecretId;
  return other === secretArn ? undefined : `the event is of ${other ?? 'no secret'}`;
}
