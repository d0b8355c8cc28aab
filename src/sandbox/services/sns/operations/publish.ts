import type {
  MessageAttributeValue,
  PublishBatchCommandInput,
  PublishBatchCommandOutput,
  PublishCommandInput,
  PublishCommandOutput,
} from '@aws-sdk/client-sns';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { checkBatch, eachEntry } from '../../sqs/batch.ts';
import { findTopic } from '../find.ts';
import { publish as give } from '../publish.ts';
import { invalid } from '../refusals.ts';
import type { StoredAttribute, TopicRow } from '../state.ts';

const MOST_BYTES = 262_144;

type Given = Pick<PublishCommandInput, 'Message' | 'Subject' | 'MessageStructure' | 'MessageAttributes'>;

export function publish(input: PublishCommandInput, call: Call): Answer<PublishCommandOutput> {
  const arn = input.TopicArn ?? input.TargetArn;
  if (arn === undefined && input.PhoneNumber !== undefined)
    throw invalid('PhoneNumber Reason: The sandbox sends no text messages');
  return { MessageId: publishOne(findTopic(arn ?? '', call), input, call) };
}

export function publishBatch(input: PublishBatchCommandInput, call: Call): Answer<PublishBatchCommandOutput> {
  const topic = findTopic(input.TopicArn, call);
  const entries = input.PublishBatchRequestEntries ?? [];
  checkBatch(entries, 'PublishBatchRequestEntry');
  return eachEntry(entries, (entry) => ({ MessageId: publishOne(topic, entry, call) }));
}

function publishOne(topic: TopicRow, input: Given, call: Call): string {
  const { Message = '', Subject, MessageStructure, MessageAttributes = {} } = input;
  if (Message === '') throw invalid('Empty message');
  if (Subject !== undefined && !/^(?=[\x21-\x7e])[\x20-\x7e]{1,99}$/.test(Subject)) throw invalid('Subject');
  const attributes = stored(MessageAttributes);
  if (sizeOf(Message, attributes) > MOST_BYTES) throw invalid('Message too long');
  const texts = MessageStructure === 'json' ? textsOf(Message) : { default: Message };
  const message = { texts, attributes, ...(Subject === undefined ? {} : { subject: Subject }) };
  return give(topic, message, { scope: call, endpoint: call.endpoint });
}

/** One text per protocol; values that are no text do not count. */
function textsOf(message: string): Record<string, string> & { default: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  const texts = Object.fromEntries(
    Object.entries((parsed ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  if (texts.default === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  return { ...texts, default: texts.default };
}

const stored = (attributes: Record<string, MessageAttributeValue>): Record<string, StoredAttribute> =>
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

const sizeOf = (message: string, attributes: Record<string, StoredAttribute>): number =>
  Buffer.byteLength(message) +
  Object.entries(attributes).reduce(
    (bytes, [name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      bytes + Buffer.byteLength(name + DataType + StringValue + BinaryValue),
    0,
  );
