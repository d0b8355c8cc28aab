import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';

const EXAMPLES = `
It needs session-manager-plugin on this machine, and a running task of a service that uses the database, with exec: true.
psql is run when it is on PATH; otherwise the port stays open until Ctrl-C.

Examples:
  $ platform db connect main --env dev
  $ platform db connect main --env dev --local-port 15432 -- -c 'select count(*) from orders'`;

export function connectCommand(context: Context): Command {
  return new Command('connect')
    .summary('open a way to a database through a running task, and psql on it')
    .argument('<database>', 'name in databases of platform.yaml')
    .argument('[words...]', 'for psql, after --')
    .option('--local-port <number>', 'port on 127.0.0.1 (default: any free one)', port)
    .option('--component <name>', 'service whose task is gone through (default: the first that can be)')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, words: string[], flags: { localPort?: number; component?: string }) => {
      const session = await context.open();
      const { connectDatabase } = await import('../../operations/databases/connect-database.ts');
      const outcome = await connectDatabase(session, { name, words, ...flags });
      const { component, task, psql, dryRun } = outcome;
      context.reporter.result(dryRun ? `Would go through task ${task} of ${component}` : '', outcome);
      if (psql && psql.exitCode !== 0) throw psqlEnded(psql.exitCode);
    });
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new InvalidArgumentError('It is a port, 1 to 65535.');
  return number;
}

const psqlEnded = (exitCode: number) =>
  new PlatformError({
    id: 'psql-ended',
    kind: 'failed',
    message: `psql ended with exit code ${exitCode}`,
    remedy: 'what it said stands above',
  });
