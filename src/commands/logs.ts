import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';
import { durationText } from '../domain/duration.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { EdgeLook } from '../operations/sites/site-logs.ts';
import { durationMs } from './duration-option.ts';
import { logsQueryCommand } from './logs-query.ts';
import { logsTraceCommand } from './logs-trace.ts';

const EXAMPLES = `
Examples:
  $ platform logs                                     the last ten minutes of everything
  $ platform logs web --env prod --follow
  $ platform logs web --stopped                       tasks that died, why, and their last lines
  $ platform logs migrations --since 24h
  $ platform logs pictures                            a site: its functions at the edges, in the regions of its viewers
  $ platform logs --task 1f0e8a4b5c6d7e8f9a0b1c2d3e4f5a6b
  $ platform logs query errors --since 24h            ask Logs Insights
  $ platform logs trace order-4711                    everything that names an id`;

interface Flags {
  follow?: true;
  since: number;
  limit: number;
  task?: string;
  stopped?: true;
}

export function logsCommand(context: Context): Command {
  return (
    new Command('logs')
      .summary('show what containers and functions wrote, crashed and one-off tasks included')
      .argument('[name]', 'a service, a function, a site, or migrations')
      .addOption(new Option('-f, --follow', 'go on until Ctrl-C').conflicts(['task', 'stopped']))
      .addOption(
        new Option('--since <time>', 'how far back: 90s, 30m, 24h').argParser(durationMs).default(600_000, '10m'),
      )
      .option('-n, --limit <count>', 'most lines that are shown', count, 1_000)
      .option('--task <id>', 'only of this task, whenever it ran')
      .option('--stopped', 'only of tasks that died within the last hour, with the reason first')
      .addHelpText('after', EXAMPLES)
      // Else --since and --limit of the commands below would be taken for its own.
      .enablePositionalOptions()
      .addCommand(logsQueryCommand(context))
      .addCommand(logsTraceCommand(context))
      .action(async (service: string | undefined, flags: Flags) => {
        if (flags.follow && context.flags.json) throw endlessDocument();
        const { reporter } = context;
        const session = await context.open();
        const { logs } = await import('../operations/logs/logs.ts');
        const several = service === undefined;
        const outcome = await logs(
          session,
          {
            ...(service === undefined ? {} : { service }),
            sinceMs: flags.since,
            limit: flags.limit,
            follow: flags.follow ?? false,
            ...(flags.task === undefined ? {} : { task: flags.task }),
            stopped: flags.stopped ?? false,
          },
          {
            line: ({ at, component, task, text, region }) => {
              if (!context.flags.json)
                reporter.line(
                  `${at.slice(0, 19).replace('T', ' ')} ${several ? `${component} ` : ''}${region ? `${region} ` : ''}${task.slice(0, 8)}  ${text}`,
                );
            },
            stopped: ({ component, task, at, exitCode, reason }) =>
              reporter.note(
                `${component} ${task}${at === null ? '' : `, ${at.slice(0, 19).replace('T', ' ')}`}: ${exitCode === null ? 'no exit code' : `exit code ${exitCode}`}, ${reason}`,
              ),
          },
        );
        if (outcome.truncated) reporter.warn(`only the newest ${outcome.lines.length} lines; --limit shows more`);
        if (outcome.lines.length === 0 && !flags.follow) reporter.note(silence(flags));
        if (outcome.edges) sayWhere(reporter, outcome.edges);
        reporter.result('', outcome);
      })
  );
}

/** Copies at the edges write where their viewers are, so it is said where that was looked for. */
function sayWhere(reporter: Context['reporter'], { asked, wrote, refused }: EdgeLook): void {
  const looked = asked.filter((region) => !refused.some((one) => one.region === region));
  reporter.note(
    `looked in ${looked.length} regions that answer viewers (${looked.join(', ')}); ${wrote.length > 0 ? `written in ${wrote.join(', ')}` : 'nothing was written in any'}`,
  );
  for (const { region, reason } of refused) reporter.warn(`not looked at in ${region}: ${reason}`);
}

function silence({ stopped, since, task }: Flags): string {
  if (task !== undefined) return 'it wrote nothing';
  return stopped ? 'no task died within the last hour' : `nothing was written in the last ${durationText(since)}`;
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 100_000)
    throw new InvalidArgumentError('It is a whole number from 1 to 100000.');
  return number;
}

const endlessDocument = () =>
  new PlatformError({
    id: 'logs-endless-document',
    kind: 'usage',
    message: '--follow has no end, and --json is one document',
    remedy: 'leave out one of the two; --since and --limit bound the document',
  });
