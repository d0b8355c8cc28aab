import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { PlatformError } from '../errors/platform-error.ts';

const EXAMPLES = `
Examples:
  $ platform outputs --env dev
  $ platform outputs services.web.url
  $ platform outputs --env prod --json | jq -r '."services.web.url"'`;

export function outputsCommand(context: Context): Command {
  return new Command('outputs')
    .summary('print addresses, names and ARNs of what is deployed')
    .argument('[name]', 'print the value of this one alone')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined) => {
      const session = await context.open();
      const { outputs } = await import('../operations/outputs.ts');
      const found = await outputs(session);
      if (name === undefined) return context.reporter.result(outputsText(found, session.environment.name), found);
      const value = found[name];
      if (value === undefined) throw outputMissing(name, session.environment.name, Object.keys(found));
      context.reporter.result(value, { [name]: value });
    });
}

const outputsText = (found: Record<string, string>, environment: string): string =>
  Object.keys(found).length === 0
    ? `${environment} has no outputs yet: platform deploy --env ${environment} brings it up`
    : columns(Object.entries(found));

const outputMissing = (name: string, environment: string, known: string[]) =>
  new PlatformError({
    id: 'output-missing',
    kind: 'failed',
    message: `${environment} has no output ${name} (F-132)`,
    remedy:
      known.length > 0
        ? `it is one of: ${known.join(', ')}`
        : `nothing is deployed there yet: platform deploy --env ${environment}`,
  });
