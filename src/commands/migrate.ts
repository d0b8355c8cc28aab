import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { durationText } from '../domain/duration.ts';
import type { MigrateOutcome } from '../operations/migrations/migrate.ts';
import { durationMs } from './duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform migrate
  $ platform migrate --env prod --wait 30m            waits for a migration that runs already
  $ platform migrate --env staging --down --yes       takes the last migration back
  $ platform migrate --env prod --verify

A deployment migrates by itself (migrations.when). This is for all other times. The output of the commands goes to stdout.`;

export function migrateCommand(context: Context): Command {
  return new Command('migrate')
    .summary('migrate the database of an environment, one runner at a time')
    .addOption(new Option('--down', 'take back the last migration: migrations.down').conflicts('verify'))
    .option('--verify', 'only check the database: migrations.verify')
    .option('--wait <time>', 'wait for a migration that runs already: 90s, 30m, 2h', durationMs)
    .option('--timeout <time>', 'stop the migration after this long; usually migrations.timeoutMinutes', durationMs)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { down?: true; verify?: true; wait?: number; timeout?: number }) => {
      const session = await context.open();
      const { migrate } = await import('../operations/migrations/migrate.ts');
      const { checkout } = await import('../process/git.ts');
      const git = await checkout(context.directory);
      const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
      const outcome = await recordRun(session, { command: 'migrate' }, async (recorded) => {
        const ended = await migrate(recorded, {
          action: flags.down ? 'down' : flags.verify ? 'verify' : 'up',
          waitMs: flags.wait ?? 0,
          ...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout }),
          ...(git ? { commit: git.commit } : {}),
        });
        context.reporter.result('', ended.outcome);
        if (ended.failure) throw ended.failure;
        return ended.outcome;
      });
      if (!outcome.dryRun) context.reporter.note(doneText(outcome));
    });
}

function doneText({ environment, action, seconds }: MigrateOutcome): string {
  const time = `in ${durationText(seconds * 1000)}`;
  switch (action) {
    case 'up':
      return `${environment} is migrated, ${time}`;
    case 'down':
      return `The last migration of ${environment} is taken back, ${time}; the next deployment migrates again`;
    case 'verify':
      return `The database of ${environment} is as it should be, ${time}`;
  }
}
