/** A command as completion scripts and the reference see it. */
export interface CommandNode {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionNode[];
  /** Fixed answers of the first argument. */
  readonly choices: readonly string[];
  readonly commands: readonly CommandNode[];
}

export interface OptionNode {
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
}

/** The part of a commander command that is read: operations do not know commander. */
export interface DeclaredCommand {
  name(): string;
  summary(): string;
  readonly options: readonly {
    short?: string;
    long?: string;
    description: string;
    required: boolean;
    optional: boolean;
    hidden: boolean;
  }[];
  readonly registeredArguments: readonly { argChoices?: readonly string[] }[];
  readonly commands: readonly DeclaredCommand[];
}

export function commandTree(command: DeclaredCommand): CommandNode {
  return {
    name: command.name(),
    summary: command.summary(),
    options: command.options
      .filter(({ hidden }) => !hidden)
      .map(({ short, long, description, required, optional }) => ({
        flags: [short, long].filter((flag) => flag !== undefined),
        description,
        takesValue: required || optional,
      })),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    commands: command.commands.map(commandTree),
  };
}
