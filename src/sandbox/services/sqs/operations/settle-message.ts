import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityCommandInput,
  DeleteMessageBatchCommandInput,
  DeleteMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { checkBatch, eachEntry } from '../batch.ts';
import { findQueue, scopeOf } from '../find-queue.ts';
import { placeOf } from '../receive.ts';
import { invalidParameter, missingParameter, requireRange } from '../refusals.ts';
import { messagesOf, type QueueRow } from '../state.ts';

function placeIn(receipt: string | undefined): string {
  if (!receipt) throw missingParameter('ReceiptHandle');
  const place = placeOf(receipt);
  if (place === undefined)
    throw new AwsFault(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receipt}" is not a valid receipt handle.`,
      {
        status: 404,
      },
    );
  return place;
}

/** Any handle ever given out deletes a standard message; in a FIFO queue only one that has not expired. */
function remove(queue: QueueRow, receipt: string | undefined, call: Call): Record<string, never> {
  const place = placeIn(receipt);
  const table = messagesOf(scopeOf(call, queue), queue.name);
  const row = table.get(place);
  if (!row) return {};
  if (queue.isFifo && (row.receipt !== receipt || row.visible <= call.world.clock.now()))
    throw invalidParameter(receipt, 'ReceiptHandle', 'The receipt handle has expired.');
  table.delete(place);
  return {};
}

function hide(
  queue: QueueRow,
  { ReceiptHandle, VisibilityTimeout }: { ReceiptHandle?: string | undefined; VisibilityTimeout?: number | undefined },
  call: Call,
): Record<string, never> {
  if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
  requireRange(VisibilityTimeout, 'VisibilityTimeout', [0, 43_200], 'Must be between 0 and 43200.');
  const place = placeIn(ReceiptHandle);
  const table = messagesOf(scopeOf(call, queue), queue.name);
  if (!table.has(place))
    throw invalidParameter(
      ReceiptHandle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  table.update(place, (draft) => {
    draft.visible = call.world.clock.now() + VisibilityTimeout * 1000;
  });
  return {};
}

export const deleteMessage = ({ QueueUrl, ReceiptHandle }: DeleteMessageCommandInput, call: Call) =>
  remove(findQueue(QueueUrl, call), ReceiptHandle, call);

export function deleteMessageBatch({ QueueUrl, Entries = [] }: DeleteMessageBatchCommandInput, call: Call) {
  const queue = findQueue(QueueUrl, call);
  checkBatch(Entries, 'DeleteMessageBatchRequestEntry');
  return eachEntry(Entries, ({ ReceiptHandle }) => remove(queue, ReceiptHandle, call));
}

export const changeMessageVisibility = ({ QueueUrl, ...input }: ChangeMessageVisibilityCommandInput, call: Call) =>
  hide(findQueue(QueueUrl, call), input, call);

export function changeMessageVisibilityBatch(
  { QueueUrl, Entries = [] }: ChangeMessageVisibilityBatchCommandInput,
  call: Call,
) {
  const queue = findQueue(QueueUrl, call);
  checkBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry');
  return eachEntry(Entries, (entry) => hide(queue, entry, call));
}
