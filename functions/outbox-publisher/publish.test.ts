import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../../src/testing/start-postgres.ts';
import { authorities } from '../postgres/certificates.ts';
import { columnsOf } from './columns.ts';
import { publish } from './publish.ts';
import type { Put } from './send-in-order.ts';
import { outboxTable } from './testing/outbox-table.ts';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

const MAX_ATTEMPTS = 3;

/** Events as they are written: of whom, and how often the bus will refuse them. */
const outbox = fc.array(
  fc.record({
    aggregate: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
    refusals: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: MAX_ATTEMPTS + 1 })),
  }),
  { minLength: 1, maxLength: 40 },
);

describe.skipIf(!postgresPrograms)('publishers of one outbox', () => {
  let postgres: RunningPostgres;
  let clients: Client[];
  beforeAll(async () => {
    postgres = await startPostgres({ password: 'p' });
    const [user, password, database] = ['master', 'p', 'postgres'];
    const ssl = { ca: authorities(postgres.caFile) };
    const connection = { host: '127.0.0.1', port: postgres.port, user, password, database, ssl };
    clients = [new Client(connection), new Client(connection)];
    for (const client of clients) await client.connect();
    outboxTable(postgres);
  }, 60_000);
  afterAll(async () => {
    for (const client of clients) await client.end();
    await postgres.stop();
  });

  it('two at once, whatever is refused how often: each event ends accepted once or set aside, in order, and runs end', async () => {
    await fc.assert(
      fc.asyncProperty(outbox, fc.integer({ min: 1, max: 7 }), async (written, batchSize) => {
        await clients[0]!.query('TRUNCATE events_outboxevent RESTART IDENTITY');
        await clients[0]!.query(
          `INSERT INTO events_outboxevent (aggregate_id, event_type, payload) SELECT a, 'T', '{}' FROM unnest($1::text[]) WITH ORDINALITY AS e(a, n) ORDER BY n`,
          [written.map(({ aggregate }) => aggregate)],
        );
        const accepted: number[] = [];
        const left = written.map(({ refusals }) => refusals);
        const put: Put = async (entries) => {
          await new Promise(setImmediate);
          return entries.map(({ Resources }) => {
            const id = Number(Resources![0]!.split('/')[1]);
            if (left[id - 1]! > 0) {
              left[id - 1]! -= 1;
              return { accepted: false, code: 'X', message: 'not now' };
            }
            accepted.push(id);
            return { accepted: true };
          });
        };
        const settings = {
          table: 'events_outboxevent',
          columns: columnsOf(undefined),
          batchSize,
          maxAttempts: MAX_ATTEMPTS,
          busName: 'b',
          eventSource: 's',
        };
        const run = (client: Client) =>
          publish({ client, settings, put, deadLetters: undefined, hasTime: () => true, log: () => {} });
        // Every round refuses the first event of an aggregate at least, so this many rounds are enough for all.
        for (let round = 0; round < written.length * MAX_ATTEMPTS; round++) {
          const reports = await Promise.all(clients.map(run));
          if (reports.every(({ oldestSeconds }) => oldestSeconds === undefined)) break;
          await clients[0]!.query("UPDATE events_outboxevent SET next_attempt_at = now() - interval '1 second'");
        }

        const dead = written.flatMap(({ refusals }, index) => (refusals >= MAX_ATTEMPTS ? [index + 1] : []));
        const { rows } = await clients[0]!.query<{ id: number; attempts: number; published: boolean; failed: boolean }>(
          'SELECT id::int, attempts, published_at IS NOT NULL AS published, failed_at IS NOT NULL AS failed FROM events_outboxevent ORDER BY id',
        );
        expect(rows).toEqual(
          written.map(({ refusals }, index) => {
            const failed = dead.includes(index + 1);
            return { id: index + 1, attempts: failed ? MAX_ATTEMPTS : refusals + 1, published: !failed, failed };
          }),
        );
        expect([...accepted].sort((a, b) => a - b)).toEqual(
          rows.flatMap(({ id, published }) => (published ? [id] : [])),
        );
        for (const aggregate of ['a', 'b', 'c']) {
          const own = accepted.filter((id) => written[id - 1]!.aggregate === aggregate);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }),
      { numRuns: 25 },
    );
  });
});
