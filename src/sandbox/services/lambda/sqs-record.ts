import type { Scope } from '../../kernel/scope.ts';
import { attributesMd5, md5 } from '../sqs/checksum.ts';
import { systemAttributes } from '../sqs/operations/receive-message.ts';
import type { MessageRow, QueueRow } from '../sqs/state.ts';

/** A message as a function gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const sqsRecord = (row: MessageRow, queue: QueueRow, { region }: Scope): Record<string, unknown> => ({
  messageId: row.id,
  receiptHandle: row.receipt,
  body: row.body,
  attributes: systemAttributes(row),
  messageAttributes: Object.fromEntries(
    Object.entries(row.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  ),
  md5OfMessageAttributes: attributesMd5(row.attributes) ?? null,
  md5OfBody: md5(row.body),
  eventSource: 'aws:sqs',
  eventSourceARN: queue.arn,
  awsRegion: region,
});
