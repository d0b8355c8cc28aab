import type { SendMessageBatchCommandInput, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { checkBatch, eachEntry } from '../batch.ts';
import { findQueue, scopeOf } from '../find-queue.ts';
import { invalidValue } from '../refusals.ts';
import { send, sizeOf } from '../send.ts';

const BATCH_BYTES = 1_048_576;

/** Who sends, as SQS shows it: an account or the unique id of a role; here the account. */
const from = (call: Call) => ({ senderId: call.account });

export function sendMessage(input: SendMessageCommandInput, call: Call) {
  const queue = findQueue(input.QueueUrl, call);
  return send(queue, input, { scope: scopeOf(call, queue), ...from(call) });
}

export function sendMessageBatch({ QueueUrl, Entries = [] }: SendMessageBatchCommandInput, call: Call) {
  const queue = findQueue(QueueUrl, call);
  checkBatch(Entries, 'SendMessageBatchRequestEntry');
  const bytes = Entries.reduce((total, entry) => total + sizeOf(entry), 0);
  if (bytes > BATCH_BYTES)
    throw new AwsFault(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  // These two are refused for the whole batch, and as another code than alone (recordings test_send_batch_missing_*).
  if (queue.isFifo && Entries.some(({ MessageGroupId }) => MessageGroupId === undefined))
    throw invalidValue('The request must contain the parameter MessageGroupId.');
  if (
    queue.isFifo &&
    queue.attributes.ContentBasedDeduplication !== 'true' &&
    Entries.some(({ MessageDeduplicationId }) => MessageDeduplicationId === undefined)
  )
    throw invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  const scope = scopeOf(call, queue);
  const { Successful, Failed } = eachEntry(Entries, (entry) => send(queue, entry, { scope, ...from(call) }));
  return {
    ...(Successful && { Successful }),
    ...(Failed && {
      Failed: Failed.map((failure) => ({
        ...failure,
        Message: failure.Message.replace('parameters are invalid.', 'parameters cannot be validated.'),
      })),
    }),
  };
}
