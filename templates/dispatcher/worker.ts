import { connect } from './database.ts';
import { deliverOnce, Permanent, type ScheduledEvent } from './deliver-once.ts';

/** Answers only those messages that failed, so that the queue brings no other again; after its `maxReceive` they are in the DLQ. */
export async function handler({ Records }: { Records: { messageId: string; body: string }[] }) {
  const client = await connect();
  const failed: { itemIdentifier: string }[] = [];
  try {
    for (const { messageId, body } of Records) {
      try {
        const event: ScheduledEvent = JSON.parse(body);
        const outcome = await deliverOnce(client, event, callWebhook);
        console.log(JSON.stringify({ level: 'info', event: outcome, id: event.id, kind: event.kind }));
      } catch (error) {
        failed.push({ itemIdentifier: messageId });
        console.log(
          JSON.stringify({ level: 'error', event: 'not delivered', messageId, error: (error as Error).message }),
        );
      }
    }
  } finally {
    await client.end().catch(() => {});
  }
  return { batchItemFailures: failed };
}

/** Yours: what is to happen. Here a webhook, given ten seconds; what it refuses with 4xx will not be better later. */
async function callWebhook({ id, kind, payload, dueAt }: ScheduledEvent): Promise<void> {
  const response = await fetch(process.env.WEBHOOK_URL!, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': id },
    body: JSON.stringify({ kind, dueAt, payload }),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.ok) return;
  const message = `the webhook answered ${response.status}`;
  throw response.status < 500 && ![408, 429].includes(response.status) ? new Permanent(message) : new Error(message);
}
