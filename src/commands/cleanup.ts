import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { CleanupOutcome } from '../operations/cleanup.ts';
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
      const { cleanup } = await import('../operations/cleanup.ts');
      const outcome = await cleanup(await context.open(), { ids });
      context.reporter.result(cleanupText(outcome), outcome);
    });
}

function cleanupText({ environment, deleted, retained, dryRun, confirmations }: CleanupOutcome): string {
  return [
    ...deleted.map(({ id, type }) => `Deleted ${id} (${type})`),
    ...(retained.length === 0
      ? [`${environment} has left nothing behind`]
      : ['What is left:', ...retained.map((one) => `  ${costText(one)}`)]),
    ...(dryRun && confirmations.length > 0
      ? [`It needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}`]
      : []),
  ].join('\n');
}
