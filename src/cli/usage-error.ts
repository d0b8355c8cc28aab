import type { Command, CommanderError } from 'commander';
import { PlatformError } from '../errors/platform-error.ts';

/** Commander's refusals in our words. */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): PlatformError {
  if (error.code === 'commander.help') return incomplete(error);
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const help = ['platform', ...namesOf(program, argv), '--help'].join(' ');
  return new PlatformError({
    id: ERROR_IDS[error.code] ?? 'usage',
    kind: 'usage',
    message: message.charAt(0).toUpperCase() + message.slice(1).replace(/\.$/, ''),
    remedy: suggestion
      ? `${suggestion.replace(/^\((.*)\)$/, '$1')} ${help} lists all`
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

/** The words of the command that was being parsed, as far as they are commands. */
function namesOf(program: Command, argv: readonly string[]): string[] {
  const names: string[] = [];
  let command = program;
  for (const word of argv) {
    const child = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (!child) continue;
    names.push(child.name());
    command = child;
  }
  return names;
}

/** A group without its verb: its help has been printed. */
const incomplete = (cause: CommanderError) =>
  new PlatformError({
    id: 'command-incomplete',
    kind: 'usage',
    message: 'This command needs one of its subcommands',
    remedy: 'choose one of those listed above',
    cause,
  });
