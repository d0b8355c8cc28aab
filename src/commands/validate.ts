import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform validate
  $ platform validate --env prod --strict
  $ platform validate --all-environments --json`;

export function validateCommand(context: Context): Command {
  return new Command('validate')
    .summary('check the configuration and the templates it makes, without asking AWS')
    .option('--strict', 'warnings fail too')
    .option('--all-environments', 'not only that of --env')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { strict?: boolean; allEnvironments?: boolean }) => {
      const { validate, isOpen } = await import('../operations/validation/validate.ts');
      const { problemsText, validateDocument, validationFailed } = await import(
        '../operations/validation/validate-text.ts'
      );
      const project = await context.project();
      const environments = flags.allEnvironments
        ? project.environments().map((name) => project.environment(name))
        : [(await context.configured()).environment];
      const workDirectory = join(project.root, '.platform');
      const outcome = await validate(context, { project, environments, workDirectory });
      context.reporter.result(problemsText(outcome), validateDocument(outcome));
      const open = outcome.problems.filter((problem) => isOpen(problem, flags.strict ?? false));
      if (open.length > 0) throw validationFailed(open.length);
    });
}
