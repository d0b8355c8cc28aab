import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { changeSetOption } from './change-set-option.ts';
import { collectImages } from './image-option.ts';

const EXAMPLES = `
Examples:
  $ platform diff --env prod
  $ platform diff --env prod --sandbox
  $ platform diff --env prod --out plan.json          for platform deploy --plan plan.json
  $ platform diff --env prod --change-set review-7    CloudFormation's own view, and its early validation`;

export function diffCommand(context: Context): Command {
  return new Command('diff')
    .summary('show what a deployment would change')
    .option('--out <file>', 'write the plan, for deploy --plan')
    .option('--image <service=tag>', 'image to deploy: a tag or sha256:<digest>; repeatable', collectImages)
    .option('--no-build', 'as if no image could be built')
    .addOption(changeSetOption('make change sets of this name, executed by deploy --change-set'))
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { out?: string; image?: Record<string, string>; build: boolean; changeSet?: string }) => {
      const { diff } = await import('../operations/deploy/diff.ts');
      const { requireSound } = await import('../config/require-sound.ts');
      requireSound((await context.configured()).environment);
      const session = await context.open();
      const { text, document, plan, refused } = await diff(session, {
        images: flags.image ?? {},
        build: flags.build,
        ...(flags.changeSet === undefined ? {} : { changeSet: flags.changeSet }),
      });
      if (flags.out) {
        const { writeFileAtomically } = await import('../process/write-file.ts');
        await writeFileAtomically(resolve(context.directory, flags.out), `${JSON.stringify(plan, undefined, 2)}\n`);
        context.reporter.note(`The plan is in ${flags.out}`);
      }
      context.reporter.result(text, document);
      if (refused) throw refused;
    });
}
