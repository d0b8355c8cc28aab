import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform bootstrap --env dev
  $ platform bootstrap --env prod --yes --json`;

export function bootstrapCommand(context: Context): Command {
  return new Command('bootstrap')
    .summary('prepare the regions of an environment for the AWS CDK')
    .option('--force', 'run it also where nothing is missing or out of date')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { force?: boolean }) => {
      const session = await context.open();
      const { bootstrap } = await import('../operations/bootstrap.ts');
      const outcome = await bootstrap(session, { regions: [session.target.region], force: flags.force ?? false });
      const lines = outcome.regions.map(({ region, version, actions }) =>
        [
          `${region}: ${version === null ? 'no bootstrap yet' : `version ${version}`}`,
          actions.length === 0 ? 'nothing to do' : `${outcome.dryRun ? 'would be ' : ''}${actions.join(', ')}`,
        ].join(', '),
      );
      context.reporter.result(lines.join('\n'), outcome);
    });
}
