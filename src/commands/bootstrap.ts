import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform bootstrap --env dev
  $ platform bootstrap --env prod --yes --json
  $ platform bootstrap repair --env prod              when it is damaged`;

export function bootstrapCommand(context: Context): Command {
  return new Command('bootstrap')
    .summary('prepare the regions of an environment for the AWS CDK')
    .option('--force', 'run it also where nothing is missing or out of date')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { force?: boolean }) => {
      const session = await context.open();
      const { bootstrap } = await import('../operations/bootstrap/bootstrap.ts');
      const { environmentRegions } = await import('../operations/project/environment-regions.ts');
      const { stateOf } = await import('../operations/state-of.ts');
      const regions = environmentRegions(session, (await stateOf(session)).state);
      const outcome = await bootstrap(session, { regions, force: flags.force ?? false });
      const lines = outcome.regions.map(({ region, version, actions }) =>
        [
          `${region}: ${version === null ? 'no bootstrap yet' : `version ${version}`}`,
          actions.length === 0 ? 'nothing to do' : `${outcome.dryRun ? 'would be ' : ''}${actions.join(', ')}`,
        ].join(', '),
      );
      context.reporter.result(lines.join('\n'), outcome);
    })
    .addCommand(repairCommand(context));
}

const REPAIR_EXAMPLES = `
Examples:
  $ platform bootstrap repair --env dev --dry-run          what is damaged, and what would mend it
  $ platform bootstrap repair --env dev
  $ platform bootstrap repair --env prod --confirm prod/bootstrap.us-east-1
  $ platform bootstrap repair --env dev --rebuild          empties the bucket, deletes all of it and makes it again`;

function repairCommand(context: Context): Command {
  return new Command('repair')
    .summary('look at every part of the CDK bootstrap, and mend it by the smallest plan')
    .option('--rebuild', 'empty the bucket, delete the stack and bootstrap anew: the last resort')
    .addHelpText('after', REPAIR_EXAMPLES)
    .action(async ({ rebuild = false }: { rebuild?: boolean }) => {
      const session = await context.open();
      const { repairBootstrap } = await import('../operations/bootstrap/repair-bootstrap.ts');
      const { repairText } = await import('../operations/bootstrap/repair-text.ts');
      const outcome = await repairBootstrap(session, { rebuild });
      context.reporter.result(repairText(outcome), outcome);
    });
}
