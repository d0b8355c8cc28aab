import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';

const EXAMPLES = `
Examples:
  $ platform synth --env prod
  $ platform synth --env prod --out cdk.out
  $ platform synth --env prod --stack service-web
  $ platform synth --env prod --constructs            the addresses that overrides and waivers take`;

export function synthCommand(context: Context): Command {
  return new Command('synth')
    .summary('write the CloudFormation templates of an environment')
    .option('--out <folder>', 'where the templates go (default: .platform/cdk.out/<environment>)')
    .option('--stack <id>', 'print the template of one stack, such as network or service-web')
    .option('--constructs', 'print the address and type of every resource')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { out?: string; stack?: string; constructs?: boolean }) => {
      const { constructsOf, synth, templateOf } = await import('../operations/deploy/synth.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      const { unbuildable } = await import('../config/unbuildable.ts');
      const { project, environment } = await context.configured();
      // What is only forbidden may be looked at.
      requireSound({ ...environment, problems: unbuildable(environment) });
      const directory = flags.out
        ? resolve(context.directory, flags.out)
        : join(project.root, '.platform', 'cdk.out', environment.name);
      const { stacks, synthesized } = await synth(context, { environment, directory });
      if (flags.stack) {
        const template = templateOf(synthesized, flags.stack);
        return context.reporter.result(JSON.stringify(template, undefined, 2), template);
      }
      if (flags.constructs) {
        const constructs = constructsOf(synthesized);
        return context.reporter.result(columns(constructs.map(({ path, type }) => [path, type])), {
          directory,
          stacks,
          constructs,
        });
      }
      const rows = stacks.map(({ name, resources, template }) => [
        name,
        `${resources} ${resources === 1 ? 'resource' : 'resources'}`,
        template,
      ]);
      context.reporter.result(columns(rows), { directory, stacks });
    });
}
