import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../../src/testing/start-postgres.ts';
import { authorities } from '../postgres/certificates.ts';
import { Claims } from './claim.ts';
import { columnsOf } from './columns.ts';
import { outboxTable } from './testing/outbox-table.ts';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

describe.skipIf(!postgresPrograms)('claims of publishers side by side', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ password: 'p' });
  }, 60_000);
  afterAll(() => postgres.stop());
  beforeEach(() => outboxTable(postgres));

  /** A transaction that is open. */
  async function publisher() {
    const client = new Client({
      host: '127.0.0.1',
      port: postgres.port,
      user: 'master',
      password: 'p',
      database: 'postgres',
      ssl: { ca: authorities(postgres.caFile) },
    });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query('BEGIN');
    const claims = new Claims(client, 'events_outboxevent', columnsOf(undefined));
    const take = async (limit: number, after?: string) => {
      const { events, next } = await claims.take(limit, after);
      return { ids: events.map(({ id }) => Number(id)).sort((a, b) => a - b), next };
    };
    const publish = (...ids: number[]) =>
      client.query('UPDATE events_outboxevent SET published_at = now() WHERE id = ANY($1)', [ids]);
    return { take, publish, end: (how: 'COMMIT' | 'ROLLBACK') => client.query(how) };
  }
  const write = (...aggregates: string[]) =>
    postgres.psql(
      `INSERT INTO events_outboxevent (aggregate_id, event_type, payload) VALUES ${aggregates.map((one) => `(${one === '-' ? 'NULL' : `'${one}'`}, 'T', '{}')`).join(',')}`,
    );

  it('whoever has the first event of an aggregate has all of it: nobody overtakes', async () => {
    write('a', 'a', 'b', '-', 'a');
    const [one, two] = [await publisher(), await publisher()];
    expect((await one.take(2)).ids).toEqual([1, 3]);
    expect((await two.take(10)).ids).toEqual([4]);
    await one.end('ROLLBACK');
    expect((await two.take(10)).ids).toEqual([1, 2, 3, 4, 5]);
  });

  it('what was published while it was being looked at is not taken again', async () => {
    write('a', 'a');
    const [one, two] = [await publisher(), await publisher()];
    expect((await one.take(1)).ids).toEqual([1]);
    await one.publish(1);
    expect((await two.take(10)).ids).toEqual([]);
    await one.end('COMMIT');
    expect((await two.take(10)).ids).toEqual([2]);
  });

  it('an aggregate that waits holds up nobody behind it, however much of it there is', async () => {
    write('a', ...Array(60).fill('a'), 'b', 'b', 'c');
    postgres.psql("UPDATE events_outboxevent SET next_attempt_at = now() + interval '1 hour' WHERE id = 1");
    const { take, publish } = await publisher();
    const taken: number[] = [];
    let cursor: string | undefined;
    do {
      const { ids, next } = await take(2, cursor);
      await publish(...ids);
      taken.push(...ids);
      cursor = next;
    } while (cursor !== undefined);
    expect(taken.sort()).toEqual([62, 63, 64]);
  });

  it('a line of 200,000 behind one refused event is passed in a few steps', async () => {
    postgres.psql(
      "INSERT INTO events_outboxevent (aggregate_id, event_type, payload) SELECT 'a', 'T', '{}' FROM generate_series(1, 200000); UPDATE events_outboxevent SET next_attempt_at = now() + interval '1 hour' WHERE id = 1; ANALYZE events_outboxevent",
    );
    write('b');
    const { take } = await publisher();
    let [cursor, steps] = [undefined as string | undefined, 0];
    for (let found: number[] = []; found.length === 0; steps++) {
      const { ids, next } = await take(100, cursor);
      found = ids;
      cursor = next;
      if (found.length > 0) expect(found).toEqual([200_001]);
    }
    expect(steps).toBeLessThan(15);
  });

  it('one look over the table takes a long aggregate whole, and ends', async () => {
    write(...Array(57).fill('a'));
    const { take, publish } = await publisher();
    const taken: number[] = [];
    let [cursor, looks] = [undefined as string | undefined, 0];
    do {
      const { ids, next } = await take(5, cursor);
      if (ids.length > 0) await publish(...ids);
      taken.push(...ids);
      cursor = next;
      looks += 1;
    } while (cursor !== undefined);
    expect(taken).toEqual(Array.from({ length: 57 }, (_, index) => index + 1));
    expect(looks).toBeLessThan(20);
  });
});
