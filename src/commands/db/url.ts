import { Command } from 'commander';
import type { Context } from '../../context.ts';

const EXAMPLES = `
Examples:
  $ platform db url main --env dev
  $ psql "$(platform db url main --env dev --reveal)"`;

export function databaseUrlCommand(context: Context): Command {
  return new Command('url')
    .summary('print the connection URL of a database, its password masked')
    .argument('<database>', 'name in databases of platform.yaml')
    .option('--reveal', 'print the password too')
    .option('--read', 'of the readers')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { reveal = false, read = false }: { reveal?: boolean; read?: boolean }) => {
      const session = await context.open();
      const { showDatabaseUrl } = await import('../../operations/databases/show-database-url.ts');
      const outcome = await showDatabaseUrl(session, { name, reveal, read });
      context.reporter.result(outcome.url, outcome);
    });
}
