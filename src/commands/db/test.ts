import { Command } from 'commander';
import type { Context } from '../../context.ts';
import type { DatabaseFinding } from '../../domain/database-findings.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { DatabaseTestOutcome } from '../../operations/databases/test-database.ts';

const EXAMPLES = `
The task is one of a service that uses the database; its image needs a shell, and node or python3.

Examples:
  $ platform db test main --env dev
  $ platform db test main --env prod --component worker --json`;

export function databaseTestCommand(context: Context): Command {
  return new Command('test')
    .summary('try network, TLS, login and version of a database from inside its VPC')
    .argument('<database>', 'name in databases of platform.yaml')
    .option('--component <name>', 'service whose task asks (default: the first that uses the database)')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { component }: { component?: string }) => {
      const session = await context.open();
      const { testDatabase } = await import('../../operations/databases/test-database.ts');
      const outcome = await testDatabase(session, { name, ...(component ? { component } : {}) });
      context.reporter.result(outcome.results.map(line).join('\n'), outcome);
      const failed = outcome.results.filter(({ status }) => status === 'failed');
      if (failed.length > 0) throw testFailed(outcome, failed);
      if (
        !outcome.dryRun &&
        !outcome.simulated &&
        outcome.results.some(({ id, status }) => id === 'network' && status === 'unknown')
      )
        throw notAsked(outcome);
    });
}

const MARKS = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' };

const line = ({ id, status, detail, failure, remedy }: DatabaseFinding): string =>
  `${MARKS[status]}  ${id}: ${detail}${failure ? ` (${failure})` : ''}${remedy ? `\n           ${remedy}` : ''}`;

const testFailed = ({ database }: DatabaseTestOutcome, failed: readonly DatabaseFinding[]) =>
  new PlatformError({
    id: 'database-test-failed',
    kind: 'failed',
    message: `databases.${database} does not pass: ${failed.map(({ id }) => id).join(', ')}`,
    remedy: failed[0]!.remedy ?? 'each result above says what to do',
  });

const notAsked = ({ database, task }: DatabaseTestOutcome) =>
  new PlatformError({
    id: 'database-not-asked',
    kind: 'failed',
    message: `Nobody has asked databases.${database}: task ${task} said nothing of it`,
    remedy: 'name a service whose image has a shell and node or python3: --component <name>',
  });
