import { Command } from 'commander';
import type { Context } from '../context.ts';
import { wholeNumber } from './count-option.ts';
import { countsText } from './counts-text.ts';
import { minutes } from './minutes-option.ts';

const EXAMPLES = `
Examples:
  $ platform scale web 4 --env prod                   exactly four tasks
  $ platform scale web --min 4 --max 12 --env prod    scaling moves between these
  $ platform scale web --max 20 --env prod --dry-run`;

/** ECS's own limit: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const TASKS = wholeNumber(0, 5000);

interface Flags {
  min?: number;
  max?: number;
  wait: boolean;
  timeout: number;
  waitAnyway?: boolean;
}

export function scaleCommand(context: Context): Command {
  return new Command('scale')
    .summary('set how many tasks a service runs, until a deployment changes its scaling')
    .argument('<service>', 'as in platform.yaml')
    .argument('[count]', 'exactly so many', TASKS)
    .option('--min <count>', 'at least so many', TASKS)
    .option('--max <count>', 'at most so many', TASKS)
    .option('--no-wait', 'return as soon as the counts are set')
    .option('--timeout <minutes>', 'how long to watch', minutes, 15)
    .option('--wait-anyway', 'wait that long, even when no task can come up')
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        service: string,
        count: number | undefined,
        { min = count, max = count, wait, timeout, waitAnyway = false }: Flags,
        command: Command,
      ) => {
        const { min: least, max: most } = command.opts();
        if ((count === undefined) === (least === undefined && most === undefined))
          command.error('error: say either how many tasks, or --min and --max', {
            code: 'commander.conflictingOption',
          });
        const session = await context.open();
        const { scale } = await import('../operations/services/scale.ts');
        const outcome = await scale(session, {
          service,
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          wait,
          forMs: timeout * 60_000,
          waitAnyway,
        });
        const { name } = session.environment;
        for (const { after } of outcome.services) {
          if (after.min !== null)
            context.reporter.note(
              `A deployment that changes the scaling of ${service} puts its configured bounds back; to keep these write environments.${name}.services.${service}.scaling: { min: ${after.min}, max: ${after.max} } in platform.yaml`,
            );
        }
        context.reporter.result(countsText(outcome, 'Scaled'), outcome);
      },
    );
}
