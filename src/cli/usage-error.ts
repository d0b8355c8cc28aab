import { type Command, CommanderError } from 'commander';
import { PlatformError } from '../errors/platform-error.ts';

/** What commander throws for help and the version that were asked for. */
const ASKED_FOR = ['commander.helpDisplayed', 'commander.version'];

/** Commander's refusals in our words; undefined when nothing is wrong at all. */
export function usageError(error: CommanderError, program: Command): PlatformError | undefined {
  if (ASKED_FOR.includes(error.code)) return undefined;
  if (error.code === 'commander.help') return incomplete(error);
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const help = `platform ${namesOf(program).join(' ')} --help`.replace('  ', ' ');
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
function namesOf(program: Command): string[] {
  const names: string[] = [];
  let command: Command | undefined = program;
  for (const word of program.args) {
    command = command?.commands.find((child) => child.name() === word || child.aliases().includes(word));
    if (!command) break;
    names.push(command.name());
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

export const isCommanderError = (error: unknown): error is CommanderError => error instanceof CommanderError;
