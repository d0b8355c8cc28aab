import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { DeferredContext } from '../../cli/deferred-context.ts';
import { createProgram } from '../../cli/program.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const WHERE = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/**/*.md',
  '{src,infra}/**/*.{ts,md}',
  'templates/**/*',
  'scenarios/*',
];
/** A command line in a text: up to a sign of the text around it, or to the remark behind two blanks. */
const LINE = /(?<![\w./-])platform ([a-z][a-z-]*)((?: [^\s`'"|;,)#…\\]+)*)/g;

/** Groups that do something by themselves. */
const ACTING = ['bootstrap', 'logs', 'releases', 'rollback'];

/** What of the words after a command is not there: a subcommand, or an option. */
function strange(command: Command, words: readonly string[]): string | undefined {
  const [first = ''] = words;
  const child = command.commands.find((one) => one.name() === first);
  if (child) return strange(child, words.slice(1));
  if (command.commands.length > 0 && !ACTING.includes(command.name()) && /^[a-z]/.test(first)) return first;
  const options = [command, ...ancestors(command)].flatMap((one) => one.options.map(({ long }) => long));
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  return own
    .flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? [])
    .find((option) => option !== '--help' && !options.includes(option));
}

const ancestors = (command: Command): Command[] =>
  command.parent ? [command.parent, ...ancestors(command.parent)] : [];

it('every command and option that a text of ours names is there', async () => {
  const sink = { write: () => true, columns: () => 80, rows: () => 40, isTerminal: false };
  const program = await createProgram(new DeferredContext(), { stdout: sink, stderr: sink, directory: '/' });
  const files = globSync(WHERE, { cwd: ROOT }).filter(
    (file) => /\.[a-z]+$/.test(file) && !/\.test\.ts$|src.testing|registry\.ts$/.test(file),
  );
  let lines = 0;
  const wrong = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(LINE)].flatMap(([line, name, words]) => {
      const command = program.commands.find((one) => one.name() === name);
      // "platform makes it" is prose.
      if (!command) return [];
      lines += 1;
      const found = strange(command, words!.trim().split(' ').filter(Boolean));
      return found === undefined ? [] : [`${relative('.', file)}: ${line}: ${found}`];
    }),
  );
  expect(lines).toBeGreaterThan(1000);
  expect(wrong).toEqual([]);
});
