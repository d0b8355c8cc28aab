import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Sink } from '../io/surroundings.ts';
import { COMMANDS } from './command-table.ts';
import { declareFlags } from './flags.ts';
import { refuseOptionsOfGroups } from './own-options.ts';

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
  const named = (...names: string[]) => words === undefined || names.some((name) => words.includes(name));
  const versionWanted = named('--version') || words?.some((word) => /^-[A-Za-z]*V/.test(word));
  const program = declareFlags(new Command('platform'), directory)
    .description('brings a web application up on AWS, changes it safely, and says what is wrong')
    .version(versionWanted ? (await import('../package.ts')).VERSION : '', '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EPILOGUE)
    .helpCommand(false);
  for (const { name, summary, load } of COMMANDS) {
    const wanted = named(name, 'completion');
    program.addCommand(wanted ? (await load())(context) : new Command(name).summary(summary));
  }
  const help = named('help') ? (await import('./help.ts')).helpCommand(program, stdout) : new Command('help');
  program.addCommand(help.summary('print help for a command or a topic'));
  refuseOptionsOfGroups(program);
  eachCommand(program, (command) => {
    if (command.description() === '') command.description(command.summary());
    command
      .exitOverride()
      .showSuggestionAfterError()
      .helpCommand(false)
      .helpOption('-h, --help', 'print help')
      .configureHelp({
        showGlobalOptions: command !== program,
        // Those of a group in between are not its subcommands'.
        visibleGlobalOptions: () => program.options.filter(({ hidden }) => !hidden),
        subcommandTerm: (child) => child.name(),
      })
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
