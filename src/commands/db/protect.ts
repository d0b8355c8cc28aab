import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { parseDuration } from '../../domain/duration.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { UnprotectOutcome } from '../../operations/databases/unprotect-database.ts';

const PROTECT_EXAMPLES = `
Examples:
  $ platform db protect main --env prod`;
const UNPROTECT_EXAMPLES = `
The database is protected again by the next command of anybody after that time. With a command after --, it is
protected again as soon as that command has ended.

Examples:
  $ platform db unprotect main --for 30m --reason "drop the old cluster" --env staging
  $ platform db unprotect main --for 1h --reason "ticket 417" --env dev --confirm dev/databases.main -- destroy --yes`;

export function protectCommand(context: Context): Command {
  return new Command('protect')
    .summary('have AWS refuse to delete a database, and end what unprotected it')
    .argument('<database>', 'name in databases of platform.yaml')
    .addHelpText('after', PROTECT_EXAMPLES)
    .action(async (name: string) => {
      const session = await context.open();
      const { protectDatabase } = await import('../../operations/databases/protect-database.ts');
      const outcome = await protectDatabase(session, name);
      const { changed, dryRun, identifier } = outcome;
      const said = !changed ? 'was protected already' : dryRun ? 'would be protected' : 'is protected';
      context.reporter.result(`databases.${name} (${identifier}) ${said}`, outcome);
    });
}

export function unprotectCommand(context: Context): Command {
  return new Command('unprotect')
    .summary('let a database be deleted for a time, with a reason that the team can read')
    .argument('<database>', 'name in databases of platform.yaml')
    .argument('[command...]', 'a command of platform to run meanwhile, after --')
    .requiredOption('--for <duration>', 'for how long, 1m to 24h', duration)
    .requiredOption('--reason <text>', 'why; it is recorded', reason)
    .addHelpText('after', UNPROTECT_EXAMPLES)
    .action(async (name: string, words: string[], flags: { for: number; reason: string }) => {
      const session = await context.open();
      const { unprotectDatabase } = await import('../../operations/databases/unprotect-database.ts');
      const own = words[0] === 'platform' ? words.slice(1) : words;
      const outcome = await unprotectDatabase(session, { name, reason: flags.reason, forMs: flags.for, words: own });
      context.reporter.result(unprotectedText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function unprotectedText(
  { database, identifier, changed, command, dryRun, until, confirmations }: UnprotectOutcome,
  flags: string,
) {
  const thing = `databases.${database} (${identifier})`;
  if (dryRun && confirmations.length === 0) return `${thing} is not protected: there is nothing to lift`;
  if (dryRun) return `${thing} would be unprotected; it needs --confirm ${confirmations.join(' --confirm ')}`;
  if (command)
    return `"platform ${command.words.join(' ')}" has ended${changed ? `; ${thing} was unprotected meanwhile` : ''}`;
  if (until === null) return `${thing} is not protected: there is nothing to lift`;
  return `${thing} can be deleted until ${until}; the next command of anybody after that protects it again, platform db protect ${database} ${flags} does at once`;
}

const LEAST_MS = 60_000;
const MOST_MS = 24 * 3_600_000;

function duration(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw new InvalidArgumentError('It is a time such as 30m, 2h or 1h30m.');
  if (ms < LEAST_MS || ms > MOST_MS) throw new InvalidArgumentError('It is between 1m and 24h.');
  return ms;
}

function reason(value: string): string {
  const trimmed = value.trim();
  if (trimmed.length < 3) throw new InvalidArgumentError('It is a sentence that the team understands later.');
  if (trimmed.length > 500) throw new InvalidArgumentError('It has at most 500 characters.');
  return trimmed;
}
