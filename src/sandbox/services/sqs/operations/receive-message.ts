import type { Message, ReceiveMessageCommandInput } from '@aws-sdk/client-sqs';
import type { Call } from '../../../kernel/scope.ts';
import { effectiveAttributes } from '../attributes.ts';
import { attributesMd5, md5 } from '../checksum.ts';
import { findQueue, scopeOf } from '../find-queue.ts';
import { take } from '../receive.ts';
import { requireRange } from '../refusals.ts';
import type { MessageRow, StoredAttribute } from '../state.ts';

export const WAIT_OVER = 'sqs.wait-over';

/**
 * An empty queue answers at once, however long the caller would wait; instead that much virtual time passes, so that
 * a client that polls sees hidden messages come back.
 */
export function receiveMessage(input: ReceiveMessageCommandInput, call: Call): { Messages?: Message[] } {
  const queue = findQueue(input.QueueUrl, call);
  const { MaxNumberOfMessages: max, VisibilityTimeout: visibility, WaitTimeSeconds: wait } = input;
  requireRange(max, 'MaxNumberOfMessages', [1, 10], 'Must be between 1 and 10, if provided.');
  requireRange(wait, 'WaitTimeSeconds', [0, 20], 'Must be >= 0 and <= 20, if provided.');
  requireRange(visibility, 'VisibilityTimeout', [0, 43_200], 'Must be >= 0 and <= 43200, if provided.');

  const settings = effectiveAttributes(queue);
  const scope = scopeOf(call, queue);
  const found = take(queue, max ?? 1, (visibility ?? Number(settings.VisibilityTimeout)) * 1000, scope);
  if (found.length === 0) {
    const seconds = wait ?? Number(settings.ReceiveMessageWaitTimeSeconds);
    if (seconds > 0) call.world.schedule(scope, { afterMs: seconds * 1000, kind: WAIT_OVER, payload: {} });
    return {};
  }
  const systemNames: string[] = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  return { Messages: found.map((row) => answer(row, systemNames, input.MessageAttributeNames ?? [])) };
}

function answer(row: MessageRow, systemNames: readonly string[], names: readonly string[]): Message {
  const attributes = Object.fromEntries(Object.entries(row.attributes).filter(([name]) => isWanted(name, names)));
  const system = Object.entries(systemAttributes(row)).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  const checksum = attributesMd5(attributes);
  return {
    MessageId: row.id,
    ReceiptHandle: row.receipt!,
    MD5OfBody: md5(row.body),
    Body: row.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(checksum !== undefined && { MD5OfMessageAttributes: checksum, MessageAttributes: mapValues(attributes) }),
  };
}

/** `All`, `.*`, a name, or the beginning of names followed by `.*`. */
const isWanted = (name: string, wanted: readonly string[]): boolean =>
  wanted.some(
    (each) =>
      each === 'All' || each === '.*' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
  );

const mapValues = (attributes: Record<string, StoredAttribute>): Message['MessageAttributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { BinaryValue, ...rest }]) => [
      name,
      {
        ...rest,
        ...(BinaryValue !== undefined && { BinaryValue: new Uint8Array(Buffer.from(BinaryValue, 'base64')) }),
      },
    ]),
  ) as Message['MessageAttributes'];

export const systemAttributes = (row: MessageRow): Record<string, string> => ({
  SenderId: row.senderId,
  SentTimestamp: String(row.sent),
  ApproximateReceiveCount: String(row.receives),
  ApproximateFirstReceiveTimestamp: String(row.firstReceived),
  ...(row.groupId !== undefined && { MessageGroupId: row.groupId }),
  ...(row.deduplicationId !== undefined && { MessageDeduplicationId: row.deduplicationId }),
  ...(row.sequence !== undefined && { SequenceNumber: row.sequence }),
  ...(row.sourceArn !== undefined && { DeadLetterQueueSourceArn: row.sourceArn }),
  ...(row.system.AWSTraceHeader?.StringValue !== undefined && {
    AWSTraceHeader: row.system.AWSTraceHeader.StringValue,
  }),
});
