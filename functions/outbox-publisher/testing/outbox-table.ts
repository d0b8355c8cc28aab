import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningPostgres } from '../../../src/testing/start-postgres.ts';

/** The table as the README shows it, empty, without what keeps an application from writing nonsense into it. */
export function outboxTable(postgres: RunningPostgres): void {
  postgres.psql('DROP TABLE IF EXISTS events_outboxevent');
  const ddl = readFileSync(join(import.meta.dirname, '..', 'outbox.sql'), 'utf8');
  postgres.psql(ddl.replaceAll(/ CHECK \(.*\)(?=,\n)/g, ''));
}
