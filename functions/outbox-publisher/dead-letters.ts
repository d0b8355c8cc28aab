import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Refused } from './settle.ts';

/** What a message may have: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MESSAGE_BYTES = 256 * 1024;

/** A dead letter: the event and why it is one. A detail that is too long for a message stays in the table alone. */
export function deadLetter(table: string, { event, refusal }: Pick<Refused, 'event' | 'refusal'>): string {
  const letter = {
    table,
    id: event.id,
    aggregate: event.aggregate,
    type: event.type,
    createdAt: event.createdAt.toISOString(),
    attempts: event.attempts + 1,
    error: { code: refusal.code, message: refusal.message },
  };
  const whole = JSON.stringify({ ...letter, detail: event.payload });
  return Buffer.byteLength(whole) <= MESSAGE_BYTES ? whole : JSON.stringify({ ...letter, detailOmitted: true });
}

/** Puts dead letters where people look for them; the table keeps them too. */
export class DeadLetters {
  readonly #sqs: Pick<SQSClient, 'send'>;
  readonly #queueUrl: string;
  readonly #table: string;

  constructor(sqs: Pick<SQSClient, 'send'>, queueUrl: string, table: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#table = table;
  }

  async send(refused: Refused): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody: deadLetter(this.#table, refused) }),
    );
  }
}
