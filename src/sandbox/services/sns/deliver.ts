import type { Scope } from '../../kernel/scope.ts';
import { eventPattern } from '../events/event-pattern.ts';
import { letsServiceIn } from '../iam/lets-in.ts';
import { enqueue } from '../lambda/async-calls.ts';
import { policyAllows } from '../lambda/resource-policy.ts';
import { queueAt, scopeOf } from '../sqs/find-queue.ts';
import { send } from '../sqs/send.ts';
import { unsigned } from './confirmation.ts';
import { post } from './post.ts';
import type { Message } from './publish.ts';
import type { StoredAttribute, SubscriptionRow } from './state.ts';

interface Way {
  scope: Scope;
  /** Where this sandbox answers. */
  endpoint: string;
}

/** Queues and functions receive; what goes out of AWS is kept and, to this machine, sent. Who lets nobody in loses it. */
export function deliver(row: SubscriptionRow, message: Message, way: Way): void {
  if (!wants(row, message)) return;
  if (row.protocol !== 'sqs' && row.protocol !== 'lambda') {
    write(row, message, way);
    return;
  }
  const arrives = row.protocol === 'sqs' ? toQueue : toFunction;
  if (arrives(row.endpoint, row, message, way)) return;
  const dead = row.attributes.RedrivePolicy && JSON.parse(row.attributes.RedrivePolicy).deadLetterTargetArn;
  if (dead) toQueue(dead, row, message, way);
}

function wants({ attributes }: SubscriptionRow, { texts, attributes: given }: Message): boolean {
  if (!attributes.FilterPolicy) return true;
  const fits = eventPattern(attributes.FilterPolicy);
  if (attributes.FilterPolicyScope !== 'MessageBody')
    return fits(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, plain(value)])));
  try {
    return fits(JSON.parse(texts.default));
  } catch {
    return false;
  }
}

function plain({ DataType = '', StringValue = '' }: StoredAttribute): unknown {
  if (DataType.startsWith('Number')) return Number(StringValue);
  if (DataType.startsWith('String.Array')) {
    try {
      return JSON.parse(StringValue);
    } catch {
      return StringValue;
    }
  }
  return StringValue;
}

const textFor = ({ protocol }: SubscriptionRow, { texts }: Message): string => texts[protocol] ?? texts.default;

function toQueue(arn: string, row: SubscriptionRow, message: Message, { scope, endpoint }: Way): boolean {
  const queue = queueAt(arn, scope);
  const context = { 'aws:SourceArn': row.topicArn, 'aws:SourceAccount': scope.account };
  const asked = { action: 'sqs:SendMessage', resource: arn, services: ['sns.amazonaws.com'], context };
  if (!queue || !letsServiceIn(queue.attributes.Policy, asked)) return false;
  const isRaw = row.attributes.RawMessageDelivery === 'true';
  send(
    queue,
    isRaw
      ? { MessageBody: textFor(row, message), MessageAttributes: restored(message.attributes) }
      : { MessageBody: notification(row, message, { scope, endpoint }) },
    { scope: scopeOf(scope, queue), senderId: 'AIDASNS' },
  );
  return true;
}

/** An asynchronous call with one record, which Lambda tries again by itself. */
function toFunction(arn: string, row: SubscriptionRow, message: Message, way: Way): boolean {
  const { scope } = way;
  const [, , , region, account, , name = '', qualifier] = arn.split(':');
  const target = { name, ...(qualifier !== undefined && { qualifier }) };
  const context = { 'aws:SourceArn': row.topicArn, 'aws:SourceAccount': scope.account };
  const who = { action: 'lambda:InvokeFunction', service: 'sns.amazonaws.com', context };
  if (region !== scope.region || account !== scope.account || !policyAllows(target, who, scope)) return false;
  const { SigningCertURL, UnsubscribeURL, ...rest } = JSON.parse(notification(row, message, way));
  const Sns = {
    Subject: null,
    MessageAttributes: {},
    ...rest,
    // In events these two are written otherwise: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
  };
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: row.arn, Sns };
  enqueue({ ...target, arn }, JSON.stringify({ Records: [record] }), scope);
  return true;
}

const restored = (attributes: Message['attributes']) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { BinaryValue, ...rest }]) => [
      name,
      { ...rest, DataType: rest.DataType, ...(BinaryValue && { BinaryValue: Buffer.from(BinaryValue, 'base64') }) },
    ]),
  );

function write(row: SubscriptionRow, message: Message, way: Way): void {
  const isMail = row.protocol === 'email' || row.protocol === 'sms';
  const isRaw = row.attributes.RawMessageDelivery === 'true';
  post(way.scope, {
    row,
    kind: 'Notification',
    messageId: message.id,
    subject: message.subject ?? (row.protocol === 'email' ? 'AWS Notification Message' : ''),
    body: isMail || isRaw ? textFor(row, message) : notification(row, message, way),
    raw: isRaw,
  });
}

/** Recording test_subscribe_sqs_queue. */
function notification(row: SubscriptionRow, message: Message, { scope, endpoint }: Way): string {
  const attributes = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: message.id,
    TopicArn: row.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: textFor(row, message),
    Timestamp: new Date(message.at).toISOString(),
    ...unsigned(scope.region),
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${row.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  });
}
