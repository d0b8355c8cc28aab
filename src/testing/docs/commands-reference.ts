import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import type { Context } from '../../context.ts';
import type { Sink } from '../../io/surroundings.ts';

const COLUMNS = 100;
const silent: Sink = { write: () => {}, isTerminal: false, columns: () => COLUMNS, rows: () => 24 };

/** The program for reading only: its commands are never run, so their context is never looked at. */
export const declaredProgram = (): Promise<Command> =>
  createProgram({} as Context, { stdout: silent, stderr: silent, directory: '.' });

/** The text of `docs/reference/commands.md`. */
export async function commandsReferenceText(): Promise<string> {
  const program = await declaredProgram();
  const commands = [program, ...descendants(program)];
  return `# Commands

Generated from the program's own help by \`npm run docs\`.

${commands.map((command) => `## ${pathOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`).join('\n')}`;
}

export const descendants = (command: Command): Command[] =>
  command.commands.flatMap((child) => [child, ...descendants(child)]);

export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** As `--help` prints it, the examples included. */
export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => COLUMNS });
  command.outputHelp();
  return text.trimEnd();
}
