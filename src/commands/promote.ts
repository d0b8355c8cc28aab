import { Command } from 'commander';
import type { Context } from '../context.ts';
import { VERSION } from '../package.ts';

const EXAMPLES = `
Examples:
  $ platform promote --env prod
  $ platform promote --env prod --from staging --dry-run`;

export function promoteCommand(context: Context): Command {
  return new Command('promote')
    .summary('bring what runs in one environment to the next: the same images, by digest')
    .option('--from <environment>', 'where they run (default: what comes before it in delivery.promotion)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { from?: string }) => {
      const { promote, promotedFrom } = await import('../operations/deploy/promote.ts');
      const { promotedText } = await import('../operations/deploy/promoted-text.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
      const { checkout } = await import('../process/git.ts');
      const { project, environment } = await context.configured();
      requireSound(environment);
      const from = promotedFrom(project, environment.name, flags.from);
      const [session, source] = [await context.open(), await context.beside(from)];
      const commit = (await checkout(context.directory))?.commit;
      const outcome = await recordRun(session, { command: 'promote' }, (recorded) =>
        promote(recorded, source, { version: VERSION, asks: true, ...(commit === undefined ? {} : { commit }) }),
      );
      context.reporter.result(promotedText(outcome), outcome);
    });
}
