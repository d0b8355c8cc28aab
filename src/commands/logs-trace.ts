import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { cleanText } from '../domain/clean-text.ts';
import { durationText } from '../domain/duration.ts';
import { wholeNumber } from './count-option.ts';
import { durationMs } from './duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform logs trace 1-67a8b9c0-4d5e6f708192a3b4c5d6e7f8 --env prod
  $ platform logs trace order-4711 --since 24h --json`;

export function logsTraceCommand(context: Context): Command {
  return new Command('trace')
    .summary(
      'show everything that names an id: logs of all components and APIs, their spans, and what was done with platform',
    )
    .argument('<id>', 'of a request, an event, an order: whatever your logs carry along')
    .addOption(new Option('--since <time>', 'how far back: 30m, 24h').argParser(durationMs).default(3_600_000, '1h'))
    .option('-n, --limit <count>', 'most lines that are shown', wholeNumber(1, 10_000), 1_000)
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, { since, limit }: { since: number; limit: number }) => {
      const { reporter } = context;
      const session = await context.open();
      const { traceId } = await import('../operations/logs/trace-id.ts');
      const outcome = await traceId(session, { id, sinceMs: since, limit });
      if (outcome.truncated) reporter.warn(`only the newest ${outcome.lines.length} lines; --limit shows more`);
      if (outcome.lines.length === 0) reporter.note(`nothing names ${id} in the last ${durationText(since)}`);
      if (outcome.console !== undefined) reporter.note(`the whole trace, in the console: ${outcome.console}`);
      const text = outcome.lines.map(
        ({ at, component, task, text }) =>
          `${at.slice(0, 23).replace('T', ' ')} ${component} ${task.slice(0, 8)}  ${cleanText(text)}`,
      );
      reporter.result(text.join('\n'), outcome);
    });
}
