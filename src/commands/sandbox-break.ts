import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { BreakOutcome, BrokenScenario } from '../operations/scenarios/break-environment.ts';

const EXAMPLES = `
Examples:
  $ platform sandbox break secret-key-missing --env dev --sandbox
  $ platform sandbox break no-way-out --service web --dry-run
  $ platform sandbox break database-stopped --heal`;

export function sandboxBreakCommand(context: Context): Command {
  return new Command('break')
    .summary('make failures happen in an environment of the sandbox, and say what to type')
    .argument('<scenario...>', 'names, as in sandbox scenarios; several are made to happen together')
    .option('--service <name>', 'what they are about (default: the first service that fits)')
    .option('--heal', 'bring in order what they broke, where no command of yours can')
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], flags: { service?: string; heal?: boolean }) => {
      const { breakEnvironment } = await import('../operations/scenarios/break-environment.ts');
      const outcome = await breakEnvironment(context, {
        names,
        heal: flags.heal ?? false,
        ...(flags.service === undefined ? {} : { service: flags.service }),
      });
      context.reporter.result(breakText(outcome), outcome);
    });
}

const breakText = ({ scenarios, dryRun, healed }: BreakOutcome): string =>
  scenarios.flatMap((scenario) => [linesOf(scenario, { dryRun, healed }).join('\n')]).join('\n\n');

function linesOf(scenario: BrokenScenario, { dryRun, healed }: { dryRun: boolean; healed: boolean }): string[] {
  const { id, title, failure, done, steps, command, fix, undo, proof } = scenario;
  const acts = dryRun ? steps.map((step) => `would ${JSON.stringify(step)}`) : done;
  const rows = [`${id}: ${title} (${failure})`, ...acts.map((act) => `  ${healed ? 'healed' : 'broken'}: ${act}`)];
  if (healed) return [...rows, `  now type: ${proof}`];
  return [
    ...rows,
    `  now type: ${command}`,
    ...fix.map((one) => `  way out: ${one}`),
    ...(undo === null ? [] : [`  undo: ${undo}`]),
  ];
}
