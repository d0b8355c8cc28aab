import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';
import { durationMs } from './duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform run web -- python manage.py createsuperuser --noinput
  $ platform run web --env prod --memory 4096 --timeout 2h -- node scripts/reindex.js
  $ platform run web -- sh -c 'env | sort'            a shell only where you start one

What the command prints goes to stdout. A command that fails makes this exit 1; its own code is in the text and in --json.`;

export function runCommand(context: Context): Command {
  return new Command('run')
    .summary('run a command once in a fresh task of a service')
    .argument('<service>', 'whose image, role, secrets and network the task gets')
    .argument('<command...>', 'after --, word by word; no shell looks at it')
    .option('--cpu <units>', 'size of this task in CPU units, 1024 to a core', count)
    .option('--memory <MiB>', 'memory of this task in MiB', count)
    .addOption(
      new Option('--timeout <time>', 'stop the task after this long: 90s, 30m, 2h')
        .argParser(durationMs)
        .default(3_600_000, '1h'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (component: string, command: string[], flags: { cpu?: number; memory?: number; timeout: number }) => {
      const session = await context.open();
      const { runInService } = await import('../operations/tasks/run-in-service.ts');
      const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
      const outcome = await recordRun(session, { command: 'run' }, async (recorded) => {
        const ended = await runInService(recorded, {
          component,
          command,
          ...(flags.cpu === undefined ? {} : { cpu: flags.cpu }),
          ...(flags.memory === undefined ? {} : { memoryMiB: flags.memory }),
          timeoutMs: flags.timeout,
        });
        // The command's own output is the answer, and stands on stdout already.
        context.reporter.result('', ended.outcome);
        if (ended.failure) throw ended.failure;
        return ended.outcome;
      });
      if (!outcome.dryRun) context.reporter.note(`done in ${outcome.seconds} s, exit code 0`);
    });
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number.');
  return number;
}
