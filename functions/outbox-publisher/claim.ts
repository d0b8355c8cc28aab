import type { Client } from 'pg';
import { columnName, tableName } from '../postgres/identifier.ts';
import type { Columns } from './columns.ts';
import type { OutboxEvent } from './outbox-event.ts';

/** Rows looked at for each event that is taken at most: an aggregate that is held back may stand before the others. */
const WINDOW = 5;
/** While nothing is found the window grows, so that a long line behind one refused event is passed in a few steps. */
const LARGEST_WINDOW = 50_000;

export interface Claim {
  events: OutboxEvent[];
  /** Where the next look begins; undefined: nothing lies behind. */
  next: string | undefined;
}

/**
 * Takes events for this transaction, at most `limit`, past others that do the same.
 *
 * Whoever locks the first unpublished event of an aggregate owns the aggregate, until the end of the transaction; only
 * then are later ones taken. SKIP LOCKED alone would hand the second event to somebody else while the first is on its
 * way. A row that changed while it was being locked is judged again by the server (READ COMMITTED), so one that was
 * published meanwhile is not taken. https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
 */
export class Claims {
  readonly #client: Client;
  readonly #sql: ReturnType<typeof statements>;
  #window = 0;

  constructor(client: Client, table: string, columns: Columns) {
    this.#client = client;
    this.#sql = statements(table, columns);
  }

  async take(limit: number, after: string | undefined): Promise<Claim> {
    this.#window ||= limit * WINDOW;
    const end = await this.#one<{ id: string }>(this.#sql.windowEnd(after !== undefined), [
      this.#window,
      ...(after === undefined ? [] : [after]),
    ]);
    if (!end) return { events: [], next: undefined };
    const bounds = after === undefined ? [end.id] : [end.id, after];
    const { rows: heads } = await this.#client.query<{ id: string; aggregate: string | null }>(
      this.#sql.heads(after !== undefined),
      [limit, ...bounds],
    );
    if (heads.length === 0) {
      this.#window = Math.max(this.#window, Math.min(this.#window * 2, LARGEST_WINDOW));
      return { events: [], next: end.id };
    }
    this.#window = limit * WINDOW;
    const owned = heads.flatMap(({ aggregate }) => (aggregate === null ? [] : [aggregate]));
    const { rows } = await this.#client.query<OutboxEvent>(this.#sql.events, [
      heads.map(({ id }) => id),
      owned,
      end.id,
      limit,
    ]);
    // A full batch may have left some of the window: what lies before its first event could not be taken.
    return { events: rows, next: rows.length < limit ? end.id : heads[0]!.id };
  }

  /** Seconds that the oldest event waits; undefined when none does. */
  async oldestSeconds(): Promise<number | undefined> {
    return (await this.#one<{ seconds: number }>(this.#sql.oldest, []))?.seconds;
  }

  async #one<Row extends object>(sql: string, values: unknown[]): Promise<Row | undefined> {
    return (await this.#client.query<Row>(sql, values)).rows[0];
  }
}

function statements(name: string, columns: Columns) {
  const table = tableName(name);
  const c = Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, columnName(column)])) as Columns;
  const waiting = (alias: string) => `${alias}.${c.publishedAt} IS NULL AND ${alias}.${c.failedAt} IS NULL`;
  const alone = `coalesce(${c.aggregate}::text, ${c.id}::text)`;
  return {
    windowEnd: (after: boolean) => `
      SELECT id::text FROM (
        SELECT e.${c.id} AS id FROM ${table} e WHERE ${waiting('e')} ${after ? `AND e.${c.id} > $2` : ''}
        ORDER BY e.${c.id} LIMIT $1) seen
      ORDER BY seen.id DESC LIMIT 1`,
    heads: (after: boolean) => `
      WITH first AS MATERIALIZED (
        SELECT DISTINCT ON (${alone}) e.${c.id} AS id FROM ${table} e
        WHERE ${waiting('e')} AND e.${c.id} <= $2 ${after ? `AND e.${c.id} > $3` : ''}
        ORDER BY ${alone}, e.${c.id})
      SELECT e.${c.id}::text AS id, e.${c.aggregate}::text AS aggregate FROM ${table} e
      WHERE e.${c.id} IN (SELECT id FROM first) AND ${waiting('e')}
        AND (e.${c.nextAttemptAt} IS NULL OR e.${c.nextAttemptAt} <= now())
        AND NOT EXISTS (
          SELECT FROM ${table} b
          WHERE b.${c.aggregate} = e.${c.aggregate} AND b.${c.id} < e.${c.id} AND ${waiting('b')})
      ORDER BY e.${c.id} LIMIT $1
      FOR UPDATE OF e SKIP LOCKED`,
    events: `
      SELECT e.${c.id}::text AS id, e.${c.aggregate}::text AS aggregate, e.${c.type}::text AS type,
        ${c.source ? `e.${c.source}::text` : 'NULL'} AS source, e.${c.payload}::text AS payload,
        e.${c.createdAt} AS "createdAt", e.${c.attempts}::int AS attempts
      FROM ${table} e
      WHERE (e.${c.id} = ANY($1) OR (e.${c.aggregate} = ANY($2) AND e.${c.id} <= $3)) AND ${waiting('e')}
      ORDER BY e.${c.id} = ANY($1) DESC, e.${c.id} LIMIT $4
      FOR UPDATE OF e`,
    oldest: `
      SELECT extract(epoch FROM clock_timestamp() - e.${c.createdAt})::float8 AS seconds FROM ${table} e
      WHERE ${waiting('e')} ORDER BY e.${c.id} LIMIT 1`,
  };
}
