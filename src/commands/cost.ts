import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform cost --env prod
  $ platform cost --env prod --json`;

export function costCommand(context: Context): Command {
  return new Command('cost')
    .summary('estimate what an environment costs in a month, with the source of every price')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const { cost } = await import('../operations/cost.ts');
      const { costText } = await import('../operations/cost-text.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      const { project, environment } = await context.configured();
      requireSound(environment);
      const directory = join(project.root, '.platform', 'cost', environment.name);
      const outcome = await cost(context, { environment, directory });
      context.reporter.result(costText(outcome), outcome);
    });
}
