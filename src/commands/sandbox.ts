import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { SandboxStanding } from '../operations/project/sandbox-server.ts';
import { sandboxBreakCommand } from './sandbox-break.ts';
import { sandboxMailCommand } from './sandbox-mail.ts';
import { sandboxScenariosCommand } from './sandbox-scenarios.ts';

const SERVE_EXAMPLES = `
Examples:
  $ platform sandbox serve --port 4600
  $ eval "$(platform sandbox serve --detach)" && aws cloudformation describe-stacks`;
const EXAMPLES = `
Examples:
  $ platform sandbox status
  $ platform sandbox break secret-key-missing
  $ platform sandbox reset --yes`;

export function sandboxCommand(context: Context): Command {
  const directory = async () => join((await context.project()).root, '.platform', 'sandbox');
  return new Command('sandbox')
    .summary('serve, break and clear the embedded AWS of the project')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('serve')
        .summary('keep it up for other clients, until Ctrl-C or sandbox stop')
        .option('--port <number>', 'port on 127.0.0.1 (default: any free one)', port)
        .option('--detach', 'return as soon as it answers')
        .addHelpText('after', SERVE_EXAMPLES)
        .action(async (flags: { port?: number; detach?: boolean }) => {
          const { clientVariables, serveSandbox, watchServer } = await import(
            '../operations/project/sandbox-server.ts'
          );
          const { reporter } = context;
          const project = await context.project();
          const environment = project.environment(context.flags.env ?? 'sandbox', { rehearsal: true });
          const standing = await serveSandbox({
            directory: await directory(),
            ...(flags.port === undefined ? {} : { port: flags.port }),
            ...(context.flags.speed === undefined ? {} : { speed: context.flags.speed }),
          });
          const variables = clientVariables(standing, environment);
          const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
          reporter.result(lines.join('\n'), { ...standing, variables });
          if (flags.detach) return;
          reporter.note(`The sandbox answers at ${standing.endpoint}; Ctrl-C ends it, its state stays`);
          await watchServer(context, await directory());
        }),
    )
    .addCommand(
      new Command('status')
        .summary('say whether it runs, how fast, and what it was asked in vain')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { sandboxStanding } = await import('../operations/project/sandbox-server.ts');
          const standing = await sandboxStanding(await directory());
          context.reporter.result(standingText(standing), standing);
        }),
    )
    .addCommand(
      new Command('stop')
        .summary('end its server; its state stays')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { stopServer } = await import('../operations/project/sandbox-server.ts');
          const stopped = await stopServer(await directory());
          context.reporter.result(stopped ? 'The sandbox is stopped' : 'The sandbox was not running', { stopped });
        }),
    )
    .addCommand(
      new Command('reset')
        .summary('clear everything in it')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { resetSandbox } = await import('../operations/project/sandbox-server.ts');
          const cleared = await resetSandbox(context, await directory());
          context.reporter.result(cleared ? 'The sandbox is empty' : 'Nothing was cleared', { reset: cleared });
        }),
    )
    .addCommand(sandboxMailCommand(context))
    .addCommand(sandboxScenariosCommand(context))
    .addCommand(sandboxBreakCommand(context));
}

function standingText({ running, endpoint, pid, speed, busy, unknownOperations, defects }: SandboxStanding): string {
  if (!running) return 'The sandbox is not running; any command with --env sandbox starts it';
  const rows = [
    ['endpoint', endpoint ?? ''],
    ['process', String(pid)],
    ['speed', speed === null ? 'as fast as it goes' : `${speed} x`],
    ['under way', busy ? 'yes' : 'no'],
  ];
  const asked = unknownOperations.map((operation) => `asked and not simulated: ${operation}`);
  return [columns(rows), ...asked, ...defects.map((defect) => `defect: ${defect}`)].join('\n');
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new InvalidArgumentError('It is a whole number from 1 to 65535.');
  return number;
}
