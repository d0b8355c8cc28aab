import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Sink } from '../io/surroundings.ts';
import { VERSION } from '../package.ts';
import { COMMANDS } from './command-table.ts';
import { declareFlags } from './flags.ts';
import { helpCommand } from './help.ts';

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
  /** The command line: only commands whose names stand in it are loaded. Absent: all. */
  readonly words?: readonly string[];
}

/**
 * The whole command line. Parsing throws commander's own errors; `usage-error.ts` makes them ours. Each module costs
 * more than half a millisecond to load, so commands that are not spoken of are there by name and summary alone.
 */
export async function createProgram(
  context: Context,
  { stdout, stderr, directory, words }: ProgramOptions,
): Promise<Command> {
  const program = declareFlags(new Command('platform'), directory)
    .description('brings a web application up on AWS, changes it safely, and says what is wrong')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EPILOGUE)
    .helpCommand(false);
  const everything = words === undefined || words.includes('completion');
  for (const { name, summary, load } of COMMANDS) {
    const wanted = everything || words.includes(name);
    program.addCommand(wanted ? (await load())(context) : new Command(name).summary(summary));
  }
  program.addCommand(helpCommand(program, stdout));
  eachCommand(program, (command) => {
    if (command.description() === '') command.description(command.summary());
    command
      .exitOverride()
      .showSuggestionAfterError()
      .helpCommand(false)
      .helpOption('-h, --help', 'print help')
      .configureHelp({ showGlobalOptions: command !== program, subcommandTerm: (child) => child.name() })
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
