import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { EjectOutcome } from '../operations/eject/eject.ts';

const EXAMPLES = `
Examples:
  $ platform eject --env prod --dry-run
  $ platform eject --env prod --dir infrastructure
  $ platform eject --env dev --dir infrastructure     another environment joins the same application
  $ platform eject --env dev --offline                without asking AWS

The application makes the same templates and needs platform for nothing. What platform does beside templates is yours
then: images, secrets, migrations, files of sites, locks, proofs, rollbacks. Its README lists it.`;

export function ejectCommand(context: Context): Command {
  return new Command('eject')
    .summary('write the stacks as a CDK application of your own, which platform is not needed for')
    .option('--dir <folder>', 'where it goes', 'infrastructure')
    .option('--offline', 'ask AWS nothing: zones are assumed as by synth, and no values are filled in')
    .addHelpText('after', EXAMPLES)
    .action(async ({ dir, offline }: { dir: string; offline?: true }) => {
      const { eject, ejectOffline } = await import('../operations/eject/eject.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      const { project, environment } = await context.configured();
      requireSound(environment);
      const directory = resolve(context.directory, dir);
      const assembly = join(project.root, '.platform', 'cdk.out', environment.name);
      const outcome = offline
        ? await ejectOffline(context, { directory, assembly, environment })
        : await eject(await context.open(), { directory, assembly });
      context.reporter.result(ejectedText(outcome, relative(context.directory, directory) || '.'), outcome);
    });
}

function ejectedText({ environment, files, stacks, dryRun }: EjectOutcome, folder: string): string {
  const created = files.filter(({ action }) => action === 'create');
  const said = dryRun
    ? `Would write ${created.length} of ${files.length} files of ${environment} to ${folder}; nothing was written`
    : created.length === 0
      ? `${folder} has ${environment} already: nothing was written`
      : `Wrote ${created.length} of ${files.length} files of ${environment} to ${folder}`;
  const rows = stacks.map(({ id, name, live }) => ['', id, name, live === null ? '' : LIVE[live]]);
  return [
    said,
    columns(rows),
    `Next: cd ${folder} && npm install && npx cdk diff -c environment=${environment}`,
    `${join(folder, 'README.md')} says what platform did and is yours then`,
  ].join('\n');
}

const LIVE = {
  same: 'as deployed',
  different: 'differs from what is deployed: platform diff says how',
  absent: 'not deployed',
};
