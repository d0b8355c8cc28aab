import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { costText } from '../release/retained-text.ts';

const EXAMPLES = `
Examples:
  $ platform destroy --env sandbox --yes
  $ platform destroy --env prod --dry-run             lists what would go, what stays, and what must be confirmed
  $ platform destroy --env staging --confirm staging/environment
  $ platform destroy --env staging --images --confirm staging/environment --confirm staging/repositories.web`;

export function destroyCommand(context: Context): Command {
  return new Command('destroy')
    .summary('take an environment down, and say what stays')
    .option('--images', 'delete the image repositories too, each with its images')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { images?: boolean }) => {
      const { destroy } = await import('../operations/destroy/destroy.ts');
      const session = await context.open();
      const outcome = await destroy(session, { images: flags.images ?? false });
      const { deleted, retained, dryRun, confirmations } = outcome;
      const name = session.environment.name;
      const lines = [
        deleted.length === 0
          ? `${name} has no stacks: there is nothing to delete`
          : `${dryRun ? 'Would delete' : 'Deleted'} ${deleted.length} ${deleted.length === 1 ? 'stack' : 'stacks'} of ${name}`,
        ...(retained.length > 0 ? ['What stays:', ...retained.map((one) => `  ${costText(one)}`)] : []),
        ...(dryRun && confirmations.length > 0
          ? [`It needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}`]
          : []),
        ...(!dryRun && retained.some(({ remove }) => remove !== null)
          ? [`platform cleanup ${environmentFlags(session.environment)} lists it again, and deletes what you choose`]
          : []),
      ];
      context.reporter.result(lines.join('\n'), outcome);
    });
}
