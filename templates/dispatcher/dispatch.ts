import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Client } from 'pg';
import { inTransaction } from './database.ts';

/** What a request to SQS may hold: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const MESSAGES = 10;
const BYTES = 256 * 1024;

export interface Dispatching {
  client: Client;
  sqs: SQSClient;
  queueUrl: string;
  batchSize: number;
  maxAttempts: number;
  hasTime: () => boolean;
}

export interface Dispatched {
  dispatched: number;
  refused: number;
  /** Time ran out before nothing was due. */
  unfinished: boolean;
}

interface Due {
  id: string;
  attempts: number;
  body: string;
}

/**
 * Hands everything that is due to the queue.
 *
 * A batch is claimed by locking its rows, past those that another runner has locked, so at any moment one runner alone
 * has an event; that it was dispatched is committed once. A runner that dies lets go of its rows with its connection, at
 * once. What it had sent by then is sent again by the next: the worker does not act on it twice.
 */
export async function dispatchDue(dispatching: Dispatching): Promise<Dispatched> {
  const total = { dispatched: 0, refused: 0 };
  for (;;) {
    if (!dispatching.hasTime()) return { ...total, unfinished: true };
    const { taken, sent } = await inTransaction(dispatching.client, () => dispatchBatch(dispatching));
    total.dispatched += sent;
    total.refused += taken - sent;
    if (taken === 0) return { ...total, unfinished: false };
  }
}

async function dispatchBatch({ client, sqs, queueUrl, batchSize, maxAttempts }: Dispatching) {
  // One clock for all runners: the server's.
  const { rows } = await client.query<Due>(
    `SELECT id::text, attempts,
       json_build_object('id', id, 'kind', kind, 'dueAt', due_at, 'payload', payload)::text AS body
     FROM scheduled_events
     WHERE dispatched_at IS NULL AND failed_at IS NULL AND due_at <= now()
       AND (next_attempt_at IS NULL OR next_attempt_at <= now())
     ORDER BY due_at, id LIMIT $1
     FOR UPDATE SKIP LOCKED`,
    [batchSize],
  );
  const sent: string[] = [];
  for (const request of requests(rows)) {
    const { Successful = [], Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: request.map(({ id, body }) => ({
          Id: id,
          MessageBody: body,
          // A FIFO queue drops what it was given in the last five minutes.
          ...(queueUrl.endsWith('.fifo') ? { MessageGroupId: id, MessageDeduplicationId: id } : {}),
        })),
      }),
    );
    sent.push(...Successful.map(({ Id }) => Id!));
    for (const { Id, Code } of Failed) {
      const attempts = rows.find(({ id }) => id === Id)!.attempts + 1;
      await client.query(
        `UPDATE scheduled_events SET attempts = $2, last_error = $3,
           next_attempt_at = clock_timestamp() + make_interval(mins => $2),
           failed_at = CASE WHEN $2 >= $4 THEN clock_timestamp() END
         WHERE id = $1`,
        [Id, attempts, Code, maxAttempts],
      );
    }
  }
  if (sent.length > 0)
    await client.query('UPDATE scheduled_events SET dispatched_at = clock_timestamp() WHERE id = ANY($1)', [sent]);
  return { taken: rows.length, sent: sent.length };
}

function requests(rows: Due[]): Due[][] {
  const groups: Due[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(row.body);
    const last = groups.at(-1);
    if (last && last.length < MESSAGES && bytes + size <= BYTES) {
      last.push(row);
      bytes += size;
    } else {
      groups.push([row]);
      bytes = size;
    }
  }
  return groups;
}
