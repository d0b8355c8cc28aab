import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform cost --env prod
  $ platform cost --env prod --json
  $ platform cost --advice --env prod                 sizes by what was used, with what a change would cost`;

export function costCommand(context: Context): Command {
  return new Command('cost')
    .summary('estimate what an environment costs in a month, with the source of every price')
    .option('--advice', 'look at what was used, and say which sizes are too large or too small')
    .option('--days <number>', 'how far --advice looks back', wholeDays, 14)
    .addHelpText('after', EXAMPLES)
    .action(async ({ advice, days }: { advice?: true; days: number }) => {
      if (advice) {
        const { adviseSizes } = await import('../operations/size-advice/advise-sizes.ts');
        const { adviceText } = await import('../operations/size-advice/advice-text.ts');
        const advised = await adviseSizes(await context.open(), { days });
        context.reporter.result(adviceText(advised), advised);
        return;
      }
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

/** CloudWatch answers 1,440 values at once, which is sixty days of hours. */
function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 3 || days > 60)
    throw new InvalidArgumentError('It is a number of days, 3 to 60.');
  return days;
}
