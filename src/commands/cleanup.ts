import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { CleanupOutcome } from '../operations/destroy/cleanup.ts';
import { costText } from '../release/retained-text.ts';

const EXAMPLES = `
Examples:
  $ platform cleanup --env dev                                    lists what is left, and deletes nothing
  $ platform cleanup demo-dev-web --env dev --confirm dev/demo-dev-web`;

export function cleanupCommand(context: Context): Command {
  return new Command('cleanup')
    .summary('list what an environment has left behind, and delete what you choose')
    .argument('[id...]', 'what to delete, as the list names it')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: string[]) => {
      const { cleanup } = await import('../operations/destroy/cleanup.ts');
      const session = await context.open();
      const outcome = await cleanup(session, { ids });
      context.reporter.result(cleanupText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function cleanupText(outcome: CleanupOutcome, flags: string): string {
  const { environment, deleted, retained, dryRun, confirmations } = outcome;
  return [
    ...deleted.map(({ id, type }) => `Deleted ${id} (${type})`),
    ...(retained.length === 0
      ? [`${environment} has left nothing behind`]
      : ['What is left:', ...retained.map((one) => `  ${costText(one)}`)]),
    ...(dryRun && confirmations.length > 0
      ? [`It needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}`]
      : []),
    ...(confirmations.length === 0 && retained.some(({ remove }) => remove !== null)
      ? [`platform cleanup <name> ${flags} deletes one of them, after a question`]
      : []),
  ].join('\n');
}
