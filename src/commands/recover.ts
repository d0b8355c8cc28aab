import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { StuckList } from '../operations/recovery/list-stuck.ts';

const EXAMPLES = `
Examples:
  $ platform recover                                  lists what is stuck, and what each needs
  $ platform recover data --env prod --dry-run        what would be done, and what has to be confirmed
  $ platform recover service-web --env prod
  $ platform recover data --env prod --skip Queue --confirm prod/data.Queue
  $ platform recover bootstrap --env dev              the same as platform bootstrap repair`;

interface Flags {
  skip?: string[];
  retain?: string[];
}

export function recoverCommand(context: Context): Command {
  return new Command('recover')
    .summary('get a stack out of a state that it is stuck in, explained first')
    .argument('[stack]', 'id or name of a stack: data, service-<name>, bootstrap; without one, what is stuck is listed')
    .option(
      '--skip <resource>',
      'count this resource as rolled back although it is not; only one that failed in the rollback; repeatable',
      collected,
    )
    .option('--retain <resource>', 'leave this resource behind when the stack is deleted; repeatable', collected)
    .addHelpText('after', EXAMPLES)
    .action(async (stack: string | undefined, { skip = [], retain = [] }: Flags) => {
      const session = await context.open();
      if (stack === undefined) {
        const { listStuck } = await import('../operations/recovery/list-stuck.ts');
        const list = await listStuck(session);
        return context.reporter.result(listText(list), list);
      }
      if (stack === 'bootstrap') {
        const { repairBootstrap } = await import('../operations/bootstrap/repair-bootstrap.ts');
        const { repairText } = await import('../operations/bootstrap/repair-text.ts');
        const repaired = await repairBootstrap(session, { rebuild: false });
        return context.reporter.result(repairText(repaired), repaired);
      }
      const { recover } = await import('../operations/recovery/recover.ts');
      const { recoverText } = await import('../operations/recovery/recover-text.ts');
      const outcome = await recover(session, { stack, skip, retain });
      context.reporter.result(recoverText(outcome), outcome);
    });
}

const collected = (value: string, before: string[] = []): string[] => [...before, value];

function listText({ environment, stacks }: StuckList): string {
  if (stacks.length === 0) return `Nothing of ${environment} is stuck`;
  return stacks
    .map(({ id, stack, status, cause, needs, command }) =>
      [
        `${id}  ${stack} is ${status}${cause === null ? '' : `: ${cause.replace(/\s+/g, ' ')}`}`,
        columns(needs.map((need) => ['  -', need])),
        `  ${command}`,
      ].join('\n'),
    )
    .join('\n');
}
