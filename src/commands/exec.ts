import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { ExecOutcome } from '../operations/services/exec.ts';

const EXAMPLES = `
Examples:
  $ platform exec web --env staging                   a shell in a running task
  $ platform exec web -- python manage.py shell
  $ platform exec web --check                         what has to hold for it, looked at one by one`;

export function execCommand(context: Context): Command {
  return new Command('exec')
    .summary('open a shell in a running task, once the chain that it hangs on holds')
    .argument('<service>', 'a service with exec: true')
    .argument('[command...]', 'after --, instead of /bin/sh')
    .option('--task <id>', 'in this task; usually the newest')
    .option('--check', 'only look whether a session could be opened')
    .addHelpText('after', EXAMPLES)
    .action(async (service: string, command: string[], flags: { task?: string; check?: true }) => {
      const session = await context.open();
      const { exec } = await import('../operations/services/exec.ts');
      const { outcome, failure } = await exec(session, {
        service,
        ...(command.length > 0 ? { command } : {}),
        ...(flags.task === undefined ? {} : { task: flags.task }),
        check: flags.check ?? false,
      });
      context.reporter.result(flags.check ? chainText(outcome) : '', outcome);
      if (failure) throw failure;
    });
}

const MARKS = { ok: 'ok', broken: 'no', unknown: '??' };

const chainText = ({ links }: ExecOutcome): string =>
  columns(links.map(({ title, status, detail }) => [MARKS[status], title, detail]));
