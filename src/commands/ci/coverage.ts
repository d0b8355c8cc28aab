import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';

const EXAMPLES = `
Examples:
  $ platform ci coverage --least 80
  $ platform ci coverage --least 80 --report build/lcov.info`;

export function coverageCommand(context: Context): Command {
  return new Command('coverage')
    .summary('fail when tests ran too few of the lines')
    .requiredOption('--least <percent>', 'share of the lines that tests have to run', percent)
    .option('--report <file>', 'as Clover, LCOV, Cobertura or JSON summary (default: where test runners leave them)')
    .addHelpText('after', EXAMPLES)
    .action(async ({ least, report }: { least: number; report?: string }) => {
      const { coverage } = await import('../../operations/ci/coverage.ts');
      const outcome = await coverage(context, { least, ...(report === undefined ? {} : { report }) });
      context.reporter.result(
        `Tests ran ${outcome.percent} % of the lines, at least ${least} % are asked for`,
        outcome,
      );
    });
}

function percent(value: string): number {
  const share = Number(value);
  if (value.trim() === '' || !(share >= 0 && share <= 100))
    throw new InvalidArgumentError('It is a share from 0 to 100.');
  return share;
}
