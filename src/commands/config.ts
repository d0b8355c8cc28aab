import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform config show --env prod
  $ platform config show --env prod --origin
  $ platform config show --env dev --json`;

export function configCommand(context: Context): Command {
  return new Command('config')
    .summary('look at the configuration')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('show')
        .summary('print the configuration of an environment as it is in effect')
        .option('--origin', 'say of each value where it comes from')
        .addHelpText('after', EXAMPLES)
        .action(async ({ origin = false }: { origin?: boolean }) => {
          const { configText, effectiveConfig } = await import('../operations/project/effective-config.ts');
          const { environment } = await context.configured();
          const outcome = effectiveConfig(environment, { origin });
          context.reporter.result(await configText(environment, { origin }), outcome);
        }),
    );
}
