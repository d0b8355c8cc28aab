import type { Client } from 'pg';
import { errorFields } from '../shared/error-fields.ts';
import type { log } from '../shared/log.ts';
import { Claims } from './claim.ts';
import type { DeadLetters } from './dead-letters.ts';
import { entryOf } from './entry-of.ts';
import { type Put, sendInOrder } from './send-in-order.ts';
import type { Settings } from './settings.ts';
import { type Refused, refusedOf, settle } from './settle.ts';

export interface Report {
  published: number;
  refused: number;
  /** Of the refused: those that were set aside. */
  dead: number;
  batches: number;
  /** Seconds that the oldest event which is left waits; undefined when none is left. */
  oldestSeconds?: number | undefined;
  /** Why it stopped before nothing was due. */
  stopped?: 'time' | 'unavailable';
  unavailable?: unknown;
}

export interface Run {
  client: Client;
  settings: Pick<Settings, 'table' | 'columns' | 'batchSize' | 'maxAttempts' | 'busName' | 'eventSource'>;
  put: Put;
  deadLetters: DeadLetters | undefined;
  /** Whether there is time for another batch. */
  hasTime: () => boolean;
  log: typeof log;
}

/**
 * A transaction that is left alone ends after this long, so that rows which a vanished publisher held are free again
 * even where its connection seems to live on. For the transaction only: behind a proxy the next one may be another's.
 */
const BEGIN = "BEGIN; SET LOCAL statement_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '120s'";

/** Publishes until a whole look over the table finds nothing due, or the time is up. */
export async function publish(run: Run): Promise<Report> {
  const claims = new Claims(run.client, run.settings.table, run.settings.columns);
  const report: Report = { published: 0, refused: 0, dead: 0, batches: 0 };
  let cursor: string | undefined;
  let found = 0;
  for (;;) {
    if (!run.hasTime()) {
      report.stopped = 'time';
      break;
    }
    const batch = await inTransaction(run.client, () => publishBatch(run, claims, cursor, report));
    found += batch.taken;
    if (report.stopped) break;
    cursor = batch.next;
    if (cursor !== undefined) continue;
    if (found === 0) break;
    found = 0;
  }
  report.oldestSeconds = await claims.oldestSeconds();
  return report;
}

async function publishBatch(run: Run, claims: Claims, cursor: string | undefined, report: Report) {
  const { settings, log } = run;
  const { events, next } = await claims.take(settings.batchSize, cursor);
  if (events.length === 0) return { taken: 0, next };
  const { verdicts, unavailable } = await sendInOrder(events, (event) => entryOf(event, settings), run.put);
  const accepted = events.filter((event) => verdicts.get(event)?.accepted);
  const refused = await setAside(run, refusedOf(verdicts, settings.maxAttempts));
  await settle(run.client, settings, accepted, refused);
  for (const { event, refusal, dead } of refused)
    log(dead ? 'error' : 'warn', dead ? 'event set aside' : 'event refused', {
      id: event.id,
      aggregate: event.aggregate,
      attempt: event.attempts + 1,
      refusal: refusal.code,
    });
  report.batches += 1;
  report.published += accepted.length;
  report.refused += refused.length;
  report.dead += refused.filter(({ dead }) => dead).length;
  if (unavailable !== undefined) Object.assign(report, { stopped: 'unavailable', unavailable });
  return { taken: events.length, next };
}

/** A letter is sent before the row says so: one that cannot be sent leaves its event to the next attempt. */
async function setAside({ deadLetters, log }: Run, refused: Refused[]): Promise<Refused[]> {
  if (!deadLetters) return refused;
  const settled: Refused[] = [];
  for (const each of refused) {
    try {
      if (each.dead) await deadLetters.send(each);
      settled.push(each);
    } catch (error) {
      log('error', 'dead letter not sent', { id: each.event.id, ...errorFields(error) });
      settled.push({ ...each, dead: false });
    }
  }
  return settled;
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(BEGIN);
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The connection may be what broke; then the server rolls back by itself.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
