import { Argument, Command } from 'commander';
import { nearest } from '../domain/nearest.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Sink } from '../io/surroundings.ts';

export const TOPICS = ['exit-codes', 'environment', 'errors'] as const;

const EXAMPLES = `
Examples:
  $ platform help deploy
  $ platform help exit-codes
  $ platform help errors account-mismatch`;

export function helpCommand(program: Command, stdout: Sink): Command {
  return new Command('help')
    .addArgument(new Argument('[words...]', `a command, or one of ${TOPICS.join(', ')}`))
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[]) => {
      const [first, second] = words;
      if (first === undefined) return program.outputHelp();
      if ((TOPICS as readonly string[]).includes(first)) {
        const { topicText } = await import('./topics.ts');
        return stdout.write(await topicText(first as (typeof TOPICS)[number], second));
      }
      find(program, words).outputHelp();
    });
}

function find(program: Command, words: string[]): Command {
  return words.reduce((command, word) => {
    const found = command.commands.find((child) => child.name() === word || child.aliases().includes(word));
    if (!found) throw unknown(words.join(' '), program);
    return found;
  }, program);
}

function near(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `platform help ${found}; `;
}

const unknown = (words: string, program: Command) =>
  new PlatformError({
    id: 'help-unknown',
    kind: 'usage',
    message: `There is no command or topic ${words}`,
    remedy: `${near(words, [...program.commands.map((command) => command.name()), ...TOPICS])}commands: ${program.commands.map((command) => command.name()).join(', ')}; topics: ${TOPICS.join(', ')}`,
  });
