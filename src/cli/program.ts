import { Command } from 'commander';
import { bootstrapCommand } from '../commands/bootstrap.ts';
import { completionCommand } from '../commands/completion.ts';
import { configCommand } from '../commands/config.ts';
import { deployCommand } from '../commands/deploy.ts';
import { destroyCommand } from '../commands/destroy.ts';
import { diffCommand } from '../commands/diff.ts';
import { eventsCommand } from '../commands/events.ts';
import { outputsCommand } from '../commands/outputs.ts';
import { statusCommand } from '../commands/status.ts';
import { versionCommand } from '../commands/version.ts';
import type { Context } from '../context.ts';
import type { Sink } from '../io/surroundings.ts';
import { declareFlags } from './flags.ts';
import { helpCommand } from './help.ts';
import { VERSION } from './version.ts';

/** In the order of a project's life. */
const COMMANDS: readonly ((context: Context) => Command)[] = [
  configCommand,
  diffCommand,
  deployCommand,
  statusCommand,
  outputsCommand,
  eventsCommand,
  destroyCommand,
  bootstrapCommand,
  completionCommand,
  versionCommand,
];

const EPILOGUE = `
Help topics: platform help exit-codes | environment | errors

Examples:
  $ platform init
  $ platform deploy --env sandbox
  $ platform status --env prod --json`;

export interface ProgramOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly directory: string;
}

/** The whole command line. Parsing throws commander's own errors; `usage-error.ts` makes them ours. */
export function createProgram(context: Context, { stdout, stderr, directory }: ProgramOptions): Command {
  const program = declareFlags(new Command('platform'), directory)
    .description('brings a web application up on AWS, changes it safely, and says what is wrong')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EPILOGUE)
    .helpCommand(false)
    .action(() => program.outputHelp());
  for (const command of COMMANDS) program.addCommand(command(context));
  program.addCommand(helpCommand(program, stdout));
  eachCommand(program, (command) => {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .helpCommand(false)
      .helpOption('-h, --help', 'print help')
      .configureHelp({ showGlobalOptions: command !== program })
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        outputError: () => {},
        getOutHelpWidth: () => helpWidth(stdout),
        getErrHelpWidth: () => helpWidth(stderr),
      });
  });
  return program;
}

export function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) eachCommand(child, visit);
}

/** Below forty columns wrapping does more harm than overflow. */
const helpWidth = (sink: Sink): number => Math.max(40, Math.min(sink.columns(), 120));
