import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform init
  $ platform init --preset web-service --project shop --region eu-central-1 --environments dev,prod --yes
  $ platform init --dockerfile --dry-run
  $ platform init --preset serverless-api --application --repository acme/shop --workflows --yes`;

interface Flags {
  preset?: string;
  project?: string;
  environments?: string[];
  port?: number;
  health?: string;
  domain?: string;
  account?: string;
  dockerfile?: boolean;
  application?: boolean;
  repository?: string;
  workflows?: boolean;
  overwrite?: boolean;
}

/** `--region` is a flag of every command. */
export function initCommand(context: Context): Command {
  return new Command('init')
    .summary('set a project up: detects what there is and writes platform.yaml')
    .addOption(
      new Option('--preset <name>', 'shape of the application (default: web-service, for Next.js next-app)').choices([
        'web-service',
        'next-app',
        'api-workers',
        'serverless-api',
      ]),
    )
    .option('--project <name>', 'name of the project, part of every name in AWS (default: that of the folder)')
    .option('--environments <names>', 'comma-separated (default: dev,prod)', parseNames)
    .option(
      '--port <number>',
      'port that the container listens on (default: as found, else that of the framework)',
      parsePort,
    )
    .option('--health <path>', 'path that answers 200 when the application is well (default: as found, else /health)')
    .option('--domain <name>', 'host name of the prod environment (default: an example to change)')
    .option('--account <id>', 'AWS account of the prod environment, twelve digits (default: an example to change)')
    .option('--dockerfile', 'write a Dockerfile when there is none')
    .option('--application', 'write a small application that works (default: only where there is nothing yet)')
    .option('--no-application', 'write configuration alone')
    .option('--repository <owner/name>', 'repository on GitHub whose workflows deploy (default: that of origin)')
    .option('--workflows', 'write workflows of GitHub Actions too, as platform ci init does')
    .option(
      '--overwrite',
      'replace files that differ, without asking (default: show the difference and ask; kept with --yes)',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      const { init } = await import('../operations/project/init.ts');
      const { askForInit } = await import('../operations/project/ask-for-init.ts');
      const { initText } = await import('../operations/project/init-text.ts');
      const { templatesFolder } = await import('../process/templates-folder.ts');
      const { tellOfProfiles } = await import('../operations/project/tell-of-profiles.ts');
      tellOfProfiles(context.reporter, await context.profiles());
      const answers = await askForInit(context, { ...flags, region: context.flags.region });
      const input = {
        root: context.directory,
        templates: templatesFolder(),
        answers,
        overwrite: flags.overwrite ?? false,
      };
      const outcome = await init(context, input);
      if (flags.workflows && !outcome.dryRun) {
        const { initPipeline, USUAL_INSTALL } = await import('../operations/ci/init-pipeline.ts');
        const { WITHOUT_PLATFORM } = await import('../operations/ci/pipeline-text.ts');
        const written = await initPipeline(context, await context.project(), { ...input, install: USUAL_INSTALL });
        outcome.files.push(...written.files);
        if (written.namesPlatform === false) context.reporter.note(WITHOUT_PLATFORM);
      }
      context.reporter.result(initText(outcome, answers), outcome);
    });
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^[a-z][a-z0-9-]{0,30}$/.test(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`"${wrong}" is no name: lower-case letters, digits and hyphens, a letter first`);
  if (names.includes('sandbox'))
    throw new InvalidArgumentError('sandbox is there in every project without being declared');
  return [...new Set(names)];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`"${text}" is no port: 1 to 65535`);
  return port;
}
