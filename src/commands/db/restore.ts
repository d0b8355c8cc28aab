import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { type RestoreTarget, restoreTarget } from '../../domain/restore-moment.ts';
import type { RestorePlanOutcome } from '../../operations/databases/plan-restore.ts';

const EXAMPLES = `
Nothing is done: a restoration replaces what runs, so its steps are yours, with the commands for them.

Examples:
  $ platform db restore main --to 2026-11-29T18:00:00Z --env prod
  $ platform db restore main --to latest --env prod
  $ platform db restore main --to demo-prod-main-20261129-184500 --env prod --json`;

export function restoreCommand(context: Context): Command {
  return new Command('restore')
    .summary('plan the restoration of a database to a time or a snapshot')
    .argument('<database>', 'name in databases of platform.yaml')
    .requiredOption('--to <moment>', 'a time with its zone, latest, or the name of a snapshot', moment)
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { to }: { to: RestoreTarget }) => {
      const session = await context.open();
      const { planRestore } = await import('../../operations/databases/plan-restore.ts');
      const outcome = await planRestore(session, { name, target: to });
      context.reporter.result(planText(outcome), outcome);
    });
}

function moment(value: string): RestoreTarget {
  const target = restoreTarget(value);
  if (target === 'zoneless') throw new InvalidArgumentError('A time needs its zone: 2026-11-29T18:00:00Z.');
  if (!target) throw new InvalidArgumentError('It is a time (2026-11-29T18:00:00Z), latest, or a snapshot.');
  return target;
}

function planText(plan: RestorePlanOutcome): string {
  const { identifier, from, window, creates, steps, goBack, configuration, cost, notes, database } = plan;
  const what = from.snapshot ? `snapshot ${from.snapshot}` : `${from.at}${from.kind === 'latest' ? ' (latest)' : ''}`;
  return [
    `databases.${database} (${identifier}) to ${what}. Nothing has been done.`,
    `It can go back to any time from ${window.earliest ?? '?'} to ${window.latest ?? '?'}.`,
    '',
    `Makes: ${creates.map(({ id }) => id).join(', ')}`,
    `Costs: ${cost}`,
    `In platform.yaml changes: ${configuration}`,
    '',
    ...steps.flatMap(({ title, commands, downtime }, index) => [
      `${index + 1}. ${title}${downtime ? '  [downtime]' : ''}`,
      ...commands.map((command) => `     ${command}`),
    ]),
    '',
    'The way back, while the old one is there:',
    ...goBack.map((command) => `     ${command}`),
    '',
    ...notes.map((note) => `Mind: ${note}`),
  ].join('\n');
}
