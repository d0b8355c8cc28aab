import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform cancel --env dev
  $ platform cancel service-web --env prod            only what is under way in this stack`;

export function cancelCommand(context: Context): Command {
  return new Command('cancel')
    .summary('take back what is under way, and see it come to rest')
    .argument('[stack]', 'id or name of one stack; absent: all of the environment')
    .addHelpText('after', EXAMPLES)
    .action(async (stack: string | undefined) => {
      const { cancel } = await import('../operations/stacks/cancel.ts');
      const { cancelText } = await import('../operations/stacks/cancel-text.ts');
      const outcome = await cancel(await context.open(), stack === undefined ? {} : { stack });
      context.reporter.result(cancelText(outcome), outcome);
    });
}
