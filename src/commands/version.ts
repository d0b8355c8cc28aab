import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform version
  $ platform version --verbose --json`;

export function versionCommand(context: Context): Command {
  return new Command('version')
    .summary('print the version')
    .option('--verbose', 'also those of Node and of the AWS CDK')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { verbose?: boolean }) => {
      const { versions } = await import('../operations/project/versions.ts');
      const found = versions(flags.verbose ?? false);
      const lines = Object.entries(found).map(([name, version]) => `${name} ${version}`);
      context.reporter.result(lines.join('\n'), found);
    });
}
