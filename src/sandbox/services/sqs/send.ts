import { createHash, randomUUID } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { wakeMappings } from '../lambda/wake-mappings.ts';
import { effectiveAttributes } from './attributes.ts';
import { attributesMd5, md5 } from './checksum.ts';
import { invalidParameter, invalidValue, missingParameter, requireRange } from './refusals.ts';
import { duplicatesOf, type MessageRow, messagesOf, type QueueRow, queues, type StoredAttribute } from './state.ts';

interface SendInput {
  MessageBody?: string | undefined;
  DelaySeconds?: number | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageSystemAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageDeduplicationId?: string | undefined;
  MessageGroupId?: string | undefined;
}

export const DELAY_OVER = 'sqs.delay-over';
const SECOND_MS = 1_000;
/** API reference, SendMessage, MessageDeduplicationId. */
const DEDUPLICATION_MS = 5 * 60 * SECOND_MS;

/** Bytes of a message: body, and names, types and values of its attributes. */
export const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: SendInput): number =>
  Buffer.byteLength(MessageBody) +
  Object.entries(MessageAttributes).reduce(
    (bytes, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      bytes + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    0,
  );

/** Puts a message into a queue; throws what SQS would refuse. `scope` is the queue's own. */
export function send(queue: QueueRow, input: SendInput, { scope, senderId }: { scope: Scope; senderId: string }) {
  const settings = effectiveAttributes(queue);
  checkMessage(input, settings, queue);
  const attributes = stored(input.MessageAttributes);
  const system = stored(input.MessageSystemAttributes);
  const answer = {
    MD5OfMessageBody: md5(input.MessageBody!),
    ...named('MD5OfMessageAttributes', attributesMd5(attributes)),
    ...named('MD5OfMessageSystemAttributes', attributesMd5(system)),
  };

  const now = scope.world.clock.now();
  const deduplicationId =
    input.MessageDeduplicationId ??
    (settings.ContentBasedDeduplication === 'true'
      ? createHash('sha256').update(input.MessageBody!).digest('hex')
      : undefined);
  const duplicate = queue.isFifo ? findDuplicate(queue, deduplicationId!, input.MessageGroupId!, scope) : undefined;
  if (duplicate) return { ...answer, MessageId: duplicate.id, SequenceNumber: duplicate.sequence };

  const place = queues.in(scope).get(queue.name)!.sent + 1;
  queues.in(scope).update(queue.name, (draft) => {
    draft.sent = place;
  });
  const delay = queue.isFifo || input.DelaySeconds === undefined ? Number(settings.DelaySeconds) : input.DelaySeconds;
  const row: MessageRow = {
    id: randomUUID(),
    body: input.MessageBody!,
    attributes,
    system,
    senderId,
    sent: scope.world.clock.stamp(),
    expires: now + Number(settings.MessageRetentionPeriod) * SECOND_MS,
    visible: now + delay * SECOND_MS,
    receives: 0,
    ...(input.MessageGroupId !== undefined && { groupId: input.MessageGroupId }),
    ...(queue.isFifo && { deduplicationId: deduplicationId!, sequence: sequenceNumber(scope, place) }),
  };
  messagesOf(scope, queue.name).put(String(place), row);
  if (queue.isFifo) remember(queue, row, settings.DeduplicationScope!, scope);
  wakeMappings(queue.arn, delay * SECOND_MS, scope);
  // Virtual time has to run, or the message would never arrive.
  if (delay > 0) scope.world.schedule(scope, { afterMs: delay * SECOND_MS, kind: DELAY_OVER, payload: {} });
  return { ...answer, MessageId: row.id, ...named('SequenceNumber', row.sequence) };
}

const named = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

const stored = (attributes: Record<string, MessageAttributeValue> = {}): Record<string, StoredAttribute> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        DataType,
        ...(StringValue !== undefined && { StringValue }),
        ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue).toString('base64') }),
      },
    ]),
  );

/** Twenty digits that rise within a queue. */
const sequenceNumber = (scope: Scope, place: number): string =>
  (BigInt(Math.floor(scope.world.clock.stamp() / 1000)) * 10_000_000_000n + BigInt(place)).toString().padStart(20, '1');

function findDuplicate({ name, attributes }: QueueRow, id: string, group: string, scope: Scope) {
  const table = duplicatesOf(scope, name);
  const now = scope.world.clock.now();
  // What was remembered for the whole queue still counts after the scope was narrowed to groups
  // (recording test_fifo_change_to_high_throughput_after_creation), not the other way round.
  const keys = attributes.DeduplicationScope === 'messageGroup' ? [id, `${group} ${id}`] : [id];
  return keys.map((key) => table.get(key)).find((entry) => entry !== undefined && entry.until > now);
}

function remember({ name }: QueueRow, row: MessageRow, dedupScope: string, scope: Scope): void {
  const key = dedupScope === 'messageGroup' ? `${row.groupId} ${row.deduplicationId}` : row.deduplicationId!;
  duplicatesOf(scope, name).put(key, {
    until: scope.world.clock.now() + DEDUPLICATION_MS,
    id: row.id,
    sequence: row.sequence!,
  });
}

function checkMessage(input: SendInput, settings: Record<string, string>, { isFifo }: QueueRow): void {
  if (!input.MessageBody) throw missingParameter('MessageBody');
  if (/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(input.MessageBody))
    throw new AwsFault(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  if (sizeOf(input) > Number(settings.MaximumMessageSize))
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.MaximumMessageSize} bytes.`,
    );
  for (const [name, value] of Object.entries(input.MessageAttributes ?? {})) checkMessageAttribute(name, value);
  checkId('MessageGroupId', input.MessageGroupId);
  checkId('MessageDeduplicationId', input.MessageDeduplicationId);
  if (!isFifo) {
    requireRange(input.DelaySeconds, 'DelaySeconds', [0, 900], 'DelaySeconds must be >= 0 and <= 900.');
    if (input.MessageDeduplicationId !== undefined)
      throw invalidParameter(
        input.MessageDeduplicationId,
        'MessageDeduplicationId',
        'The request includes a parameter that is not valid for this queue type.',
      );
    return;
  }
  if (input.DelaySeconds)
    throw invalidParameter(
      input.DelaySeconds,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  if (input.MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (input.MessageDeduplicationId === undefined && settings.ContentBasedDeduplication !== 'true')
    throw invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}

function checkId(parameter: string, id: string | undefined): void {
  if (id !== undefined && !/^[a-zA-Z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/.test(id))
    throw invalidParameter(
      id,
      parameter,
      `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
}

function checkMessageAttribute(name: string, { DataType = '', StringValue, BinaryValue }: MessageAttributeValue): void {
  const subject = `Message (user) attribute '${name}'`;
  if (!/^[a-zA-Z0-9_.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name) || /^\.|\.$|\.\./.test(name))
    throw invalidValue(`Message attribute name '${name}' is invalid.`);
  const [type = ''] = DataType.split('.');
  if (!['String', 'Number', 'Binary'].includes(type))
    throw invalidValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  const isEmpty = type === 'Binary' ? !BinaryValue?.length : !StringValue;
  if (isEmpty)
    throw invalidValue(
      `${subject} must contain a non-empty value of type '${type === 'Binary' ? 'Binary' : 'String'}'.`,
    );
  if (type === 'Number' && Number.isNaN(Number(StringValue)))
    throw invalidValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
}
