import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';

const EXAMPLES = `
Examples:
  $ platform db rotate main --env prod                when somebody has seen the password who should not
  $ platform db rotate main --env staging --yes`;

export function rotateCommand(context: Context): Command {
  return new Command('rotate')
    .summary('give the user of a database another password now, and the services that hold it fresh tasks')
    .argument('<database>', 'name in databases of platform.yaml, with rotationDays')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string) => {
      const session = await context.open();
      const { rotatePassword } = await import('../../operations/databases/rotate-password.ts');
      const outcome = await rotatePassword(session, name);
      context.reporter.result(
        outcome.dryRun
          ? `The password of databases.${name} would be rotated; nothing was changed`
          : `databases.${name} has another password; services that hold it get fresh tasks: platform status ${environmentFlags(session.environment)}`,
        outcome,
      );
    });
}
