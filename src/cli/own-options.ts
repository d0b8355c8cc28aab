import { type Command, CommanderError, type Option } from 'commander';

/**
 * Commander takes the options of a group (`rollback --to`) behind its subcommands too (`rollback continue --to`), where
 * nobody looks at them: whoever types one would believe that it was heeded.
 */
export function refuseOptionsOfGroups(program: Command): void {
  program.hook('preAction', (_, acting) => {
    for (let group = acting.parent; group && group !== program; group = group.parent)
      for (const option of group.options)
        if (group.getOptionValueSource(option.attributeName()) === 'cli') throw ofGroup(option, group, acting);
  });
}

const ofGroup = ({ flags }: Option, group: Command, acting: Command) =>
  new CommanderError(
    1,
    'commander.unknownOption',
    `error: option '${flags}' is of platform ${group.name()}, not of platform ${group.name()} ${acting.name()}`,
  );
