import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../src/testing/start-postgres.ts';
import { bundleFunction } from '../../testing/bundle-function.ts';
import { type Findings, publishUnderKills, type Trial } from './under-kills.ts';

// node functions/outbox-publisher/testing/measure.ts [--write]: what the test of kills shows, with 100,000 events.

const EVENTS = Number(process.env.OUTBOX_EVENTS ?? 100_000);
const HEADING = '## Outbox publisher';
const TRIALS: [string, Trial][] = [
  ['one publisher', { events: EVENTS / 5, aggregates: 5_000, publishers: 1, kills: 0, batchSize: 100 }],
  ['three publishers', { events: EVENTS / 5, aggregates: 5_000, publishers: 3, kills: 0, batchSize: 100 }],
  ['three publishers, 20 SIGKILLs', { events: EVENTS, aggregates: 5_000, publishers: 3, kills: 20, batchSize: 100 }],
  ['three publishers, one aggregate', { events: EVENTS / 50, aggregates: 1, publishers: 3, kills: 0, batchSize: 100 }],
];

const lines = [
  HEADING,
  '',
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:outbox\` on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}: a PostgreSQL server with TLS (fsync off), publishers in processes of their own, EventBridge the sandbox over HTTP, all on one machine. Batches of 100.`,
  '',
  '| what | events | s | events/s | lost | twice | out of order |',
  '| --- | --- | --- | --- | --- | --- | --- |',
];
const row = (what: string, { events }: Trial, found: Findings): string =>
  `| ${what} | ${events} | ${found.seconds.toFixed(1)} | ${Math.round(events / found.seconds)} | ${found.lost} | ${found.duplicates} | ${found.outOfOrder} |`;

const postgres = await startPostgres({ password: 'p' });
const bundle = await bundleFunction('outbox-publisher');
let failed = false;
try {
  for (const [what, trial] of TRIALS) {
    const found = await publishUnderKills(postgres, 'p', bundle, trial);
    failed ||= found.lost + found.outOfOrder + found.unpublishedRows > 0 || found.kills < trial.kills;
    lines.push(row(what, trial, found));
    process.stdout.write(`${lines.at(-1)}\n`);
  }
} finally {
  bundle.remove();
  await postgres.stop();
}
if (process.argv.includes('--write')) {
  const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
  const sections = readFileSync(page, 'utf8').split(/^(?=## )/m);
  const others = sections.filter((section) => !section.startsWith(HEADING)).map((section) => section.trimEnd());
  writeFileSync(page, `${[...others, lines.join('\n')].join('\n\n')}\n`);
}
process.exitCode = failed ? 1 : 0;
