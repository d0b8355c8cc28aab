import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform rollback continue                        every stack of the environment that is UPDATE_ROLLBACK_FAILED
  $ platform rollback continue messaging --env prod
  $ platform rollback continue data --skip Main --confirm prod/data.Main`;

/** The narrow half of `recover`: only rollbacks that got stuck, and never a deletion. */
export function continueCommand(context: Context): Command {
  return new Command('continue')
    .summary('continue a rollback that got stuck, and prove what came of it')
    .argument('[stack]', 'id or name of a stack; without one, every stack whose rollback got stuck')
    .option(
      '--skip <resource>',
      'count this resource as rolled back although it is not; only one that failed in the rollback; repeatable',
      (value: string, before: string[] = []) => [...before, value],
    )
    .addHelpText('after', EXAMPLES)
    .action(async (stack: string | undefined, { skip = [] }: { skip?: string[] }) => {
      const session = await context.open();
      const { continueRollbacks } = await import('../operations/recovery/continue-rollbacks.ts');
      const { continueText } = await import('../operations/recovery/recover-text.ts');
      const outcome = await continueRollbacks(session, { ...(stack === undefined ? {} : { stack }), skip });
      context.reporter.result(continueText(outcome), outcome);
    });
}
