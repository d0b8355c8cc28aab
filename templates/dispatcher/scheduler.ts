import { SQSClient } from '@aws-sdk/client-sqs';
import { connect } from './database.ts';
import { dispatchDue } from './dispatch.ts';

const sqs = new SQSClient();

/** Runs every minute. Throws when something could not be dispatched, because to Lambda every returned value is a success. */
export async function handler(_event: unknown, context: { getRemainingTimeInMillis(): number }) {
  const client = await connect();
  try {
    const outcome = await dispatchDue({
      client,
      sqs,
      queueUrl: process.env.QUEUE_URL!,
      batchSize: Number(process.env.BATCH_SIZE ?? 100),
      maxAttempts: Number(process.env.MAX_ATTEMPTS ?? 10),
      hasTime: () => context.getRemainingTimeInMillis() > 10_000,
    });
    console.log(JSON.stringify({ level: outcome.refused > 0 ? 'error' : 'info', event: 'dispatched', ...outcome }));
    if (outcome.refused > 0) throw new Error(`the queue refused ${outcome.refused} events`);
    return outcome;
  } finally {
    await client.end().catch(() => {});
  }
}
