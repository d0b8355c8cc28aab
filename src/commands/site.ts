import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { DeployedSite, SiteDeployOutcome } from '../operations/sites/site-deploy.ts';

const EXAMPLES = `
Examples:
  $ platform site build app
  $ platform site deploy --env prod
  $ platform site deploy app --env prod --no-build --json
  $ platform site deploy --env prod --dry-run`;

const ROTATE_EXAMPLES = `
Examples:
  $ platform site rotate-header --env prod && platform deploy --env prod`;

export function siteCommand(context: Context): Command {
  return new Command('site')
    .summary('build sites and bring their files up')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('build')
        .summary('run the build of sites with the variables of an environment, and upload nothing')
        .argument('[sites...]', 'names of sites of kind spa or next; none for all of them')
        .addHelpText('after', EXAMPLES)
        .action(async (names: string[]) => {
          const { siteBuild } = await import('../operations/sites/site-build.ts');
          const outcome = await siteBuild(await context.open(), await context.project(), names);
          const rows = outcome.sites.map(({ name, folder, seconds }) => ['', name, folder, `${seconds} s`]);
          const text = outcome.dryRun
            ? `Would build ${outcome.sites.map(({ name }) => name).join(', ')}`
            : columns(rows);
          context.reporter.result(text, outcome);
        }),
    )
    .addCommand(
      new Command('deploy')
        .summary('build sites, upload what changed, assets first, and make the edges forget the old pages')
        .argument('[sites...]', 'names of sites of kind spa or next; none for all of them')
        .option('--no-build', 'upload what the last build has left')
        .option('--no-wait', 'return before the edges have forgotten the old pages')
        .addHelpText('after', EXAMPLES)
        .action(async (names: string[], flags: { build: boolean; wait: boolean }) => {
          const { siteDeploy } = await import('../operations/sites/site-deploy.ts');
          const { checkout } = await import('../process/git.ts');
          const project = await context.project();
          const session = await context.open();
          const commit = (await checkout(project.root))?.commit;
          const outcome = await siteDeploy(session, project, { names, ...flags, ...(commit ? { commit } : {}) });
          context.reporter.result(deployedText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('rotate-header')
        .summary('have the next deployment give CloudFront another secret for the load balancer')
        .addHelpText('after', ROTATE_EXAMPLES)
        .action(async () => {
          const { rotateOriginHeader } = await import('../operations/sites/rotate-origin-header.ts');
          const session = await context.open();
          const outcome = await rotateOriginHeader(session);
          const next = `platform deploy ${environmentFlags(session.environment)}`;
          context.reporter.result(
            outcome.dryRun
              ? 'Nothing was changed'
              : `${next} brings secret ${outcome.generation} in; the one before is taken until the rotation after it`,
            outcome,
          );
        }),
    );
}

const deployedText = ({ environment, sites, dryRun }: SiteDeployOutcome): string =>
  [
    dryRun ? `Would bring these up in ${environment}; nothing was changed` : `Up in ${environment}`,
    columns(sites.map((site) => ['', site.name, site.url, changesText(site, dryRun)])),
  ].join('\n');

function changesText({ filesOf, ...files }: DeployedSite, dryRun: boolean): string {
  if (!dryRun || filesOf === 'this build') return countsText(files);
  return filesOf === 'no build' ? 'would be built: there is no build yet' : `of ${filesOf}: ${countsText(files)}`;
}

function countsText({ uploaded, unchanged, removed, bytes }: Omit<DeployedSite, 'filesOf'>): string {
  if (uploaded.length + removed.length === 0) return `${unchanged} files, none changed`;
  return [
    `${uploaded.length} files uploaded (${Math.ceil(bytes / 1024)} KB)`,
    `${unchanged} unchanged`,
    ...(removed.length > 0 ? [`${removed.length} of an earlier release removed`] : []),
  ].join(', ');
}
