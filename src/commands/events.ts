import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { EventsOutcome, StackEventLine } from '../operations/stacks/events.ts';
import { wholeNumber } from './count-option.ts';

const EXAMPLES = `
Examples:
  $ platform events
  $ platform events --stack service-web --limit 50
  $ platform events --env prod --json`;

export function eventsCommand(context: Context): Command {
  return new Command('events')
    .summary('show what CloudFormation did last, the root cause of a failure first')
    .option('--stack <id>', 'only of this stack: network, data, service-<name> …')
    .option('-n, --limit <count>', 'how many', wholeNumber(1, 10_000), 20)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { stack?: string; limit: number }) => {
      const session = await context.open();
      const { events } = await import('../operations/stacks/events.ts');
      const outcome = await events(session, flags);
      context.reporter.result(eventsText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function eventsText({ environment, rootCauses, events }: EventsOutcome, flags: string): string {
  if (events.length === 0) return `${environment} has no events yet: platform deploy ${flags} brings it up`;
  const causes = rootCauses.map(
    ({ stack, id, type, reason, status }) => `root cause in ${stack}: ${id} (${type}): ${reason ?? status}`,
  );
  return [...causes, columns([...events].reverse().map(cells))].join('\n');
}

const cells = ({ time, stack, id, status, reason }: StackEventLine): string[] => [
  time.slice(0, 19).replace('T', ' '),
  stack,
  id,
  reason === null ? status : `${status}: ${reason.replace(/\s+/g, ' ')}`,
];
