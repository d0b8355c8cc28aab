import type { Command, CommanderError } from 'commander';
import { PlatformError } from '../errors/platform-error.ts';

/** Commander's refusals in our words. */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): PlatformError {
  if (error.code === 'commander.help') return incomplete(error);
  const command = commandOf(program, argv);
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const help = `${command.name} --help`;
  return new PlatformError({
    id: ERROR_IDS[error.code] ?? 'usage',
    kind: 'usage',
    message: message.charAt(0).toUpperCase() + message.slice(1).replace(/\.$/, ''),
    remedy: suggestion
      ? `${suggestion.replace(/^\((.*)\)$/, '$1')} ${help} lists all`
      : wantsDashes(error, command.parsed, argv)
        ? `what belongs to the command that is run stands after --: ${command.name} … -- <command>`
        : `${help} shows what is possible`,
    cause: error,
  });
}

/** By commander's codes; the error registry reads the ids here. */
const ERROR_IDS: Record<string, string> = {
  'commander.unknownCommand': 'command-unknown',
  'commander.unknownOption': 'option-unknown',
  'commander.missingArgument': 'argument-missing',
  'commander.optionMissingArgument': 'option-value-missing',
  'commander.missingMandatoryOptionValue': 'option-missing',
  'commander.invalidArgument': 'argument-invalid',
  'commander.excessArguments': 'argument-excess',
  'commander.conflictingOption': 'option-conflict',
};

/** The command that was being parsed, and its words, as far as they are commands. */
function commandOf(program: Command, argv: readonly string[]): { parsed: Command; name: string } {
  const names: string[] = ['platform'];
  let parsed = program;
  for (const word of argv) {
    const child = parsed.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (!child) continue;
    names.push(child.name());
    parsed = child;
  }
  return { parsed, name: names.join(' ') };
}

/** Whether an option was meant for the program that this command runs: `run web ls -la`. */
const wantsDashes = ({ code }: CommanderError, { registeredArguments }: Command, argv: readonly string[]): boolean =>
  code === 'commander.unknownOption' &&
  !argv.includes('--') &&
  registeredArguments.some((argument) => argument.variadic && ['command', 'words'].includes(argument.name()));

/** A group without its verb: its help has been printed. */
const incomplete = (cause: CommanderError) =>
  new PlatformError({
    id: 'command-incomplete',
    kind: 'usage',
    message: 'This command needs one of its subcommands',
    remedy: 'choose one of those listed above',
    cause,
  });
