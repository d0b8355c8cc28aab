import type { Client } from 'pg';
import { columnName, tableName } from '../postgres/identifier.ts';
import { backoffSeconds } from './backoff.ts';
import type { Columns } from './columns.ts';
import type { OutboxEvent, Verdict } from './outbox-event.ts';

/** Longer texts of AWS are of no more use. */
const ERROR_LENGTH = 500;

export type Refusal = Verdict & { accepted: false };
export interface Refused {
  event: OutboxEvent;
  refusal: Refusal;
  /** This was its last attempt. */
  dead: boolean;
}

/** Who was refused, and for whom it was the last time. */
export function refusedOf(verdicts: ReadonlyMap<OutboxEvent, Verdict>, maxAttempts: number): Refused[] {
  return [...verdicts].flatMap(([event, verdict]) =>
    verdict.accepted
      ? []
      : [{ event, refusal: verdict, dead: verdict.final === true || event.attempts + 1 >= maxAttempts }],
  );
}

/** Writes what became of a batch. Also when nothing of it was accepted: that is when it matters most (D5). */
export async function settle(
  client: Client,
  { table, columns: c }: { table: string; columns: Columns },
  accepted: readonly OutboxEvent[],
  refused: readonly Refused[],
): Promise<void> {
  const [attempts, lastError] = [columnName(c.attempts), columnName(c.lastError)];
  const update = `UPDATE ${tableName(table)} SET ${attempts} = ${attempts} + 1`;
  if (accepted.length > 0)
    await client.query(
      `${update}, ${columnName(c.publishedAt)} = clock_timestamp(), ${lastError} = NULL WHERE ${columnName(c.id)} = ANY($1)`,
      [accepted.map(({ id }) => id)],
    );
  for (const { event, refusal, dead } of refused)
    await client.query(
      `${update}, ${lastError} = $2, ${columnName(c.nextAttemptAt)} = clock_timestamp() + make_interval(secs => $3),
       ${columnName(c.failedAt)} = CASE WHEN $4 THEN clock_timestamp() END WHERE ${columnName(c.id)} = $1`,
      [
        event.id,
        `${refusal.code}: ${refusal.message}`.slice(0, ERROR_LENGTH),
        backoffSeconds(event.attempts + 1),
        dead,
      ],
    );
}
