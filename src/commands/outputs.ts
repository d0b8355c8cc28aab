import { Command } from 'commander';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { PlatformError } from '../errors/platform-error.ts';

const EXAMPLES = `
Examples:
  $ platform outputs --env dev
  $ platform outputs services.web.url
  $ platform outputs --env prod --dotenv > .outputs
  $ platform outputs --env prod --json | jq -r '."services.web.url"'`;

export function outputsCommand(context: Context): Command {
  return new Command('outputs')
    .summary('print addresses, names and ARNs of what is deployed')
    .argument('[name]', 'print the value of this one alone')
    .option('--dotenv', 'as lines of variables: SERVICES_WEB_URL=…')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, { dotenv }: { dotenv?: boolean }) => {
      const session = await context.open();
      const { outputs } = await import('../operations/outputs.ts');
      const found = await outputs(session);
      if (name === undefined && dotenv) return context.reporter.result(dotenvText(found), found);
      if (name === undefined) return context.reporter.result(outputsText(found, session.environment), found);
      const value = found[name];
      if (value === undefined) throw outputMissing(name, session.environment, Object.keys(found));
      context.reporter.result(dotenv ? dotenvText({ [name]: value }) : value, { [name]: value });
    });
}

const outputsText = (found: Record<string, string>, environment: EffectiveEnvironment): string =>
  Object.keys(found).length === 0
    ? `${environment.name} has no outputs yet: platform deploy ${environmentFlags(environment)} brings it up`
    : columns(Object.entries(found));

/** Names, URLs and ARNs hold nothing that would need more than quotes. */
const dotenvText = (found: Readonly<Record<string, string>>): string =>
  Object.entries(found)
    .map(([name, value]) => `${name.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}='${value}'`)
    .join('\n');

const outputMissing = (name: string, environment: EffectiveEnvironment, known: string[]) =>
  new PlatformError({
    id: 'output-missing',
    kind: 'failed',
    message: `${environment.name} has no output ${name}`,
    remedy:
      known.length > 0
        ? `it is one of: ${known.join(', ')}`
        : `nothing is deployed there yet: platform deploy ${environmentFlags(environment)}`,
  });
