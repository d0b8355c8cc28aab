import type { Client } from 'pg';
import { inTransaction } from './database.ts';

export interface ScheduledEvent {
  id: string;
  kind: string;
  payload: Record<string, unknown>;
  dueAt: string;
}

/** An answer that will be the same next time: the event is set aside. */
export class Permanent extends Error {}

/**
 * Acts on an event unless that was done before. A queue may bring a message twice and a dispatcher may send one twice;
 * the row is locked meanwhile, so of two workers one waits and then finds it done. What `act` writes through `client`
 * happens exactly once; for what it does elsewhere, give the event's id as an idempotency key: a worker may be killed
 * after the act and before the commit.
 */
export async function deliverOnce(
  client: Client,
  event: ScheduledEvent,
  act: (event: ScheduledEvent, client: Client) => Promise<void>,
): Promise<'delivered' | 'set aside' | 'done before' | 'gone'> {
  return inTransaction(client, async () => {
    const { rows } = await client.query<{ done: boolean }>(
      'SELECT delivered_at IS NOT NULL OR failed_at IS NOT NULL AS done FROM scheduled_events WHERE id = $1 FOR UPDATE',
      [event.id],
    );
    if (!rows[0]) return 'gone';
    if (rows[0].done) return 'done before';
    try {
      await act(event, client);
    } catch (error) {
      if (!(error instanceof Permanent)) throw error;
      await client.query('UPDATE scheduled_events SET failed_at = now(), last_error = $2 WHERE id = $1', [
        event.id,
        error.message,
      ]);
      return 'set aside';
    }
    await client.query('UPDATE scheduled_events SET delivered_at = now() WHERE id = $1', [event.id]);
    return 'delivered';
  });
}
