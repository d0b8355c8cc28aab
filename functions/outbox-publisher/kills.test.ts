import { expect, it } from 'vitest';
import { postgresPrograms, startPostgres } from '../../src/testing/start-postgres.ts';
import { bundleFunction } from '../testing/bundle-function.ts';
import { publishUnderKills } from './testing/under-kills.ts';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

/** The same with 100,000 events, and what was measured: testing/measure.ts, docs/performance.md. */
it.skipIf(!postgresPrograms)(
  'publishers that are killed in the middle lose no event, repeat at most what they held, and keep the order of every aggregate (S0-22, S0-30)',
  async () => {
    const trial = { events: 4_000, aggregates: 150, publishers: 3, kills: 6, batchSize: 100 };
    const postgres = await startPostgres({ password: 'p' });
    const bundle = await bundleFunction('outbox-publisher');
    try {
      const { duplicates, ...found } = await publishUnderKills(postgres, 'p', bundle, trial);
      expect(found).toMatchObject({ kills: 6, lost: 0, outOfOrder: 0, unpublishedRows: 0 });
      expect(duplicates).toBeLessThanOrEqual(trial.kills * trial.batchSize);
    } finally {
      bundle.remove();
      await postgres.stop();
    }
  },
);
