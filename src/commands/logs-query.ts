import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { cleanText } from '../domain/clean-text.ts';
import { columns } from '../domain/columns.ts';
import { counted } from '../domain/counted.ts';
import type { QueryOutcome } from '../operations/logs/query-logs.ts';
import { wholeNumber } from './count-option.ts';
import { durationMs } from './duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform logs query errors --env prod             a saved query, of the last hour
  $ platform logs query errors-per-minute --since 24h --of web
  $ platform logs query 'filter level = "error" | stats count(*) by bin(5m)' --json`;

export function logsQueryCommand(context: Context): Command {
  return new Command('query')
    .summary('ask CloudWatch Logs Insights')
    .argument('<query>', 'errors, errors-per-minute, lines-by-level, slow-requests, or a query of your own')
    .option('--of <name>', 'only of this service or function, or of migrations')
    .addOption(new Option('--since <time>', 'how far back: 30m, 24h').argParser(durationMs).default(3_600_000, '1h'))
    .option('-n, --limit <rows>', 'most rows, where the query says nothing', wholeNumber(1, 10_000), 1_000)
    .addHelpText('after', EXAMPLES)
    .action(async (query: string, { of, since, limit }: { of?: string; since: number; limit: number }) => {
      const session = await context.open();
      const { queryLogs } = await import('../operations/logs/query-logs.ts');
      const input = { query, sinceMs: since, limit, ...(of === undefined ? {} : { name: of }) };
      const outcome = await queryLogs(session, input);
      context.reporter.result(queryText(outcome), outcome);
    });
}

function queryText({ rows, statistics }: QueryOutcome): string {
  const read = `${counted(statistics.scanned, 'line')} read, ${statistics.matched} matched`;
  if (rows.length === 0) return `No rows: ${read}`;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== '@ptr');
  const shown = rows.map((row) => names.map((name) => cleanText(row[name] ?? '').trimEnd()));
  return `${columns([names, ...shown])}\n\n${counted(rows.length, 'row')}: ${read}`;
}
