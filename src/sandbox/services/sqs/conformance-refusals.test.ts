import * as sdk from '@aws-sdk/client-sqs';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { type RunningSandbox, startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/sqs/test_sqs.py); each case in JSON and in Query. */
interface Case {
  recording: string;
  queue?: { name?: string; attributes?: Record<string, string> };
  operation: string;
  input: Record<string, unknown>;
  code: string;
  message: string;
  status?: number;
  /** Asked once before, and accepted. */
  twice?: boolean;
}

const FIFO = { name: 'q.fifo', attributes: { FifoQueue: 'true' } };
const HASHED = { name: 'q.fifo', attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } };
const BATCH_ID =
  'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
const TWENTY = Array.from({ length: 20 }, (_, index) => ({ Id: `i${index}`, ReceiptHandle: 'x' }));
const NO_DEDUPLICATION =
  'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
const attributesOf = (Attributes: Record<string, string>) => ({
  operation: 'SetQueueAttributes',
  input: { Attributes },
});

const idCases = (recording: string, parameter: string, queue: Case['queue'], more: object): Case[] =>
  [
    ['empty', ''],
    ['too_long', 'a'.repeat(129)],
    ['spaces', 'group 123'],
  ].map(([kind, value]) => ({
    recording: `${recording}[${kind}]`,
    ...(queue && { queue }),
    operation: 'SendMessage',
    input: { MessageBody: 'x', ...more, [parameter]: value },
    code: 'InvalidParameterValue',
    message: `Value ${value} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  }));

const CASES: Case[] = [
  {
    recording: 'test_send_receive_max_number_of_messages',
    operation: 'ReceiveMessage',
    input: { MaxNumberOfMessages: 11 },
    code: 'InvalidParameterValue',
    message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  },
  {
    recording: 'test_send_oversized_message',
    operation: 'SendMessage',
    input: { MessageBody: 'a'.repeat(1_048_577) },
    code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  },
  {
    recording: 'test_send_message_with_updated_maximum_message_size',
    queue: { attributes: { MaximumMessageSize: '1024' } },
    operation: 'SendMessage',
    input: { MessageBody: 'a'.repeat(1025) },
    code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
  },
  {
    recording: 'test_send_message_batch_with_oversized_contents',
    operation: 'SendMessageBatch',
    input: {
      Entries: [
        { Id: '1', MessageBody: 'a'.repeat(1_048_576) },
        { Id: '2', MessageBody: 'a' },
      ],
    },
    code: 'AWS.SimpleQueueService.BatchRequestTooLong',
    message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  },
  {
    recording: 'test_create_queue_with_different_attributes_raises_exception',
    operation: 'CreateQueue',
    input: { QueueName: 'q', Attributes: { DelaySeconds: '2' } },
    code: 'QueueAlreadyExists',
    message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
  },
  {
    recording: 'test_create_fifo_queue_with_different_attributes_raises_error',
    queue: HASHED,
    operation: 'CreateQueue',
    input: { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'false' } },
    code: 'QueueAlreadyExists',
    message: 'A queue already exists with the same name and a different value for attribute ContentBasedDeduplication',
  },
  {
    recording: 'test_fifo_queue_send_message_with_delay_seconds_fails',
    queue: HASHED,
    operation: 'SendMessage',
    input: { MessageBody: 'x', MessageGroupId: '1', DelaySeconds: 2 },
    code: 'InvalidParameterValue',
    message:
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
  },
  {
    recording: 'test_too_many_entries_in_batch_request',
    operation: 'SendMessageBatch',
    input: { Entries: TWENTY.map(({ Id }) => ({ Id, MessageBody: 'x' })) },
    code: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 20.',
  },
  {
    recording: 'test_delete_message_batch_with_too_large_batch',
    operation: 'DeleteMessageBatch',
    input: { Entries: TWENTY },
    code: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 20.',
  },
  {
    recording: 'test_change_message_visibility_batch_with_too_large_batch',
    operation: 'ChangeMessageVisibilityBatch',
    input: { Entries: TWENTY.map((entry) => ({ ...entry, VisibilityTimeout: 1 })) },
    code: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 20.',
  },
  {
    recording: 'test_invalid_batch_id',
    operation: 'SendMessageBatch',
    input: { Entries: [{ Id: 'message:1', MessageBody: 'x' }] },
    code: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    message: BATCH_ID,
  },
  ...['', 'testLongId'.repeat(10), 'invalid:id'].map((Id) => ({
    recording: `test_delete_message_batch_invalid_msg_id[${Id}]`,
    operation: 'DeleteMessageBatch',
    input: { Entries: [{ Id, ReceiptHandle: 'x' }] },
    code: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    message: BATCH_ID,
  })),
  {
    recording: 'test_send_batch_missing_deduplication_id_for_fifo_queue',
    queue: FIFO,
    operation: 'SendMessageBatch',
    input: { Entries: [{ Id: '1', MessageBody: 'x', MessageGroupId: 'g' }] },
    code: 'InvalidParameterValue',
    message: NO_DEDUPLICATION,
  },
  {
    recording: 'test_send_batch_missing_message_group_id_for_fifo_queue',
    queue: FIFO,
    operation: 'SendMessageBatch',
    input: { Entries: [{ Id: '1', MessageBody: 'x', MessageDeduplicationId: 'd' }] },
    code: 'InvalidParameterValue',
    message: 'The request must contain the parameter MessageGroupId.',
  },
  {
    recording: 'test_posting_to_fifo_requires_deduplicationid_group_id (no deduplication id)',
    queue: FIFO,
    operation: 'SendMessage',
    input: { MessageBody: 'x', MessageGroupId: 'g' },
    code: 'InvalidParameterValue',
    message: NO_DEDUPLICATION,
  },
  {
    recording: 'test_posting_to_fifo_requires_deduplicationid_group_id (no group id)',
    queue: FIFO,
    operation: 'SendMessage',
    input: { MessageBody: 'x', MessageDeduplicationId: 'd' },
    code: 'MissingParameter',
    message: 'The request must contain the parameter MessageGroupId.',
  },
  {
    recording: 'test_send_message_with_empty_string_attribute',
    operation: 'SendMessage',
    input: { MessageBody: 'x', MessageAttributes: { ErrorDetails: { DataType: 'String', StringValue: '' } } },
    code: 'InvalidParameterValue',
    message: "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
  },
  {
    recording: 'test_set_unsupported_attribute_fifo (standard)',
    ...attributesOf({ FifoQueue: 'true' }),
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute FifoQueue.',
  },
  {
    recording: 'test_set_unsupported_attribute_fifo (FIFO)',
    queue: FIFO,
    ...attributesOf({ FifoQueue: 'false' }),
    code: 'InvalidAttributeValue',
    message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  },
  {
    recording: 'test_set_unsupported_attribute_standard',
    ...attributesOf({ FifoQueue: 'false' }),
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute FifoQueue.',
  },
  {
    recording: 'test_create_standard_queue_with_fifo_attribute_raises_error (FifoQueue)',
    operation: 'CreateQueue',
    input: { QueueName: 'other', Attributes: { FifoQueue: 'false' } },
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute FifoQueue.',
  },
  {
    recording: 'test_create_standard_queue_with_fifo_attribute_raises_error (ContentBasedDeduplication)',
    operation: 'CreateQueue',
    input: { QueueName: 'other', Attributes: { ContentBasedDeduplication: 'false' } },
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute ContentBasedDeduplication.',
  },
  ...['DeduplicationScope', 'FifoThroughputLimit'].map((name) => ({
    recording: `test_create_standard_queue_with_fifo_attribute_raises_error (${name})`,
    operation: 'CreateQueue',
    input: { QueueName: 'other', Attributes: { [name]: 'queue' } },
    code: 'InvalidAttributeName',
    message: `You can specify the ${name} only when FifoQueue is set to true.`,
  })),
  {
    recording: 'test_sse_kms_and_sqs_are_mutually_exclusive',
    ...attributesOf({ KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' }),
    code: 'InvalidAttributeName',
    message:
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  },
  {
    recording: 'test_successive_purge_calls_fail',
    operation: 'PurgeQueue',
    input: {},
    twice: true,
    code: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    message: 'Only one PurgeQueue operation on q is allowed every 60 seconds.',
    status: 403,
  },
  ...[21, -1].map((WaitTimeSeconds) => ({
    recording: `test_send_receive_wait_time_seconds (${WaitTimeSeconds})`,
    operation: 'ReceiveMessage',
    input: { WaitTimeSeconds },
    code: 'InvalidParameterValue',
    message: `Value ${WaitTimeSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
  })),
  {
    recording: 'test_send_empty_message',
    operation: 'SendMessage',
    input: { MessageBody: '' },
    code: 'MissingParameter',
    message: 'The request must contain the parameter MessageBody.',
  },
  ...idCases('test_send_message_to_standard_queue_with_invalid_message_group_id', 'MessageGroupId', undefined, {}),
  ...idCases('test_message_deduplication_id_invalid', 'MessageDeduplicationId', FIFO, { MessageGroupId: 'g' }),
];

type AnyCommand = new (input: Record<string, unknown>) => never;

async function open({ queue = {} }: Case) {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const sqs = sandbox.client(SQSClient);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: queue.name ?? 'q', Attributes: queue.attributes }),
  );
  return { sandbox, sqs, QueueUrl: QueueUrl! };
}

/** A Query request as older clients send it. */
async function query(sandbox: RunningSandbox, Action: string, input: Record<string, unknown>) {
  const fields = new URLSearchParams({ Action, Version: '2012-11-05', ...flat(Action, input) });
  const answer = await fetch(sandbox.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.credentials.accessKeyId}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: fields,
  });
  const text = await answer.text();
  const element = (name: string) =>
    new RegExp(`<${name}>([\\s\\S]*?)</${name}>`)
      .exec(text)?.[1]
      ?.replaceAll('&apos;', "'")
      .replaceAll('&#39;', "'")
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
  return { status: answer.status, code: element('Code'), message: element('Message') };
}

/** Lists and maps under the names that SQS's Query protocol had for them. */
function flat(action: string, input: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    if (name === 'Entries')
      for (const [index, entry] of (value as Record<string, unknown>[]).entries())
        for (const [key, part] of Object.entries(entry))
          fields[`${action}RequestEntry.${index + 1}.${key}`] = String(part);
    else if (name === 'Attributes')
      for (const [index, [key, part]] of Object.entries(value as object).entries())
        Object.assign(fields, { [`Attribute.${index + 1}.Name`]: key, [`Attribute.${index + 1}.Value`]: part });
    else if (name === 'MessageAttributes')
      for (const [index, [key, part]] of Object.entries(value as Record<string, object>).entries()) {
        fields[`MessageAttribute.${index + 1}.Name`] = key;
        for (const [field, text] of Object.entries(part)) fields[`MessageAttribute.${index + 1}.Value.${field}`] = text;
      }
    else fields[name] = String(value);
  }
  return fields;
}

describe('equal', () => {
  it.each(CASES)('$recording [sqs]', async (wanted) => {
    const { sqs, QueueUrl } = await open(wanted);
    const Command = (sdk as unknown as Record<string, AnyCommand>)[`${wanted.operation}Command`]!;
    const input = wanted.operation === 'CreateQueue' ? wanted.input : { QueueUrl, ...wanted.input };
    if (wanted.twice) await sqs.send(new Command(input));
    const { refused } = (await answerOf(sqs.send(new Command(input)))) as { refused?: unknown };
    expect(refused).toMatchObject({ message: wanted.message, status: wanted.status ?? 400 });
  });

  it.each(CASES)('$recording [sqs_query]', async (wanted) => {
    const { sandbox, QueueUrl } = await open(wanted);
    const input = wanted.operation === 'CreateQueue' ? wanted.input : { QueueUrl, ...wanted.input };
    if (wanted.twice) await query(sandbox, wanted.operation, input);
    expect(await query(sandbox, wanted.operation, input)).toEqual({
      status: wanted.status ?? 400,
      code: wanted.code,
      message: wanted.message,
    });
  });
});
