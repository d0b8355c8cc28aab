import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { ListedScenario } from '../operations/scenarios/list-scenarios.ts';

const EXAMPLES = `
Examples:
  $ platform sandbox scenarios
  $ platform sandbox scenarios secret-key-missing
  $ platform sandbox scenarios --json`;

export function sandboxScenariosCommand(context: Context): Command {
  return new Command('scenarios')
    .summary('list the failures that sandbox break can make happen')
    .argument('[scenario]', 'say all about this one')
    .addHelpText('after', EXAMPLES)
    .action(async (name?: string) => {
      const { describeScenario, listScenarios } = await import('../operations/scenarios/list-scenarios.ts');
      if (name !== undefined) {
        const scenario = describeScenario(name);
        context.reporter.result(described(scenario), scenario);
        return;
      }
      const scenarios = listScenarios();
      context.reporter.result(columns(scenarios.map(({ failure, id, title }) => [failure, id, title])), { scenarios });
    });
}

const described = ({ id, title, failure, happens, aws, near, command, when }: ListedScenario): string =>
  [
    `${id}: ${title} (${failure})`,
    '',
    happens.trim(),
    ...(aws.length > 0 ? ['', 'AWS says:', ...aws.flatMap(({ says, source }) => [`  ${says}`, `    ${source}`])] : []),
    '',
    `${when === 'undeployed' ? 'Before the first deployment' : 'In a deployed environment'}: platform sandbox break ${id}, then ${command}`,
    ...(near.length > 0 ? [`Looks alike and is not: ${near.join(', ')}`] : []),
  ].join('\n');
