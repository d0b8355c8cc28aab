import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { writeFileAtomically } from '../process/write-file.ts';
import { fileDifference } from '../release/file-difference.ts';
import { IGNORED, type InitAnswers, initFiles, NOT_IN_IMAGES } from './init-files.ts';

/** The contract of `init --json`. */
export interface InitOutcome {
  files: { path: string; action: 'created' | 'changed' | 'unchanged' | 'kept' }[];
  dryRun: boolean;
}

export interface InitInput {
  root: string;
  templates: string;
  answers: InitAnswers;
  /** `--overwrite`: files that differ are replaced; otherwise each is asked for, and kept where nobody can be asked. */
  overwrite: boolean;
}

/** Writes a project's configuration. Run twice it changes nothing; what differs is shown before it is replaced. */
export async function init(
  context: Pick<Context, 'flags' | 'prompter' | 'reporter'>,
  input: InitInput,
): Promise<InitOutcome> {
  const { root, templates, answers } = input;
  const outcome: InitOutcome = { files: [], dryRun: context.flags.dryRun };
  const files = await initFiles(templates, answers);
  const wanted: Record<string, string> = { ...files, '.gitignore': await withIgnored(join(root, '.gitignore')) };
  const ours = Object.keys(files).find((path) => basename(path) === 'Dockerfile');
  if (ours) {
    const path = join(dirname(ours), '.dockerignore');
    wanted[path] = await withLines(join(root, path), NOT_IN_IMAGES);
  }
  for (const [path, content] of Object.entries(wanted)) {
    outcome.files.push({ path, action: await place(context, input, { path, content }) });
  }
  return outcome;
}

async function place(
  { flags, prompter, reporter }: Pick<Context, 'flags' | 'prompter' | 'reporter'>,
  { root, overwrite }: InitInput,
  { path, content }: { path: string; content: string },
): Promise<InitOutcome['files'][number]['action']> {
  const file = join(root, path);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === content) return 'unchanged';
  // Lines are only ever added to these, so nothing of the user's is lost.
  const added = before === undefined || ['.gitignore', '.dockerignore'].includes(basename(path));
  if (!added) {
    reporter.note(fileDifference(path, before, content));
    if (!overwrite) {
      const answer = await prompter.choose({
        text: `${path} is there already and differs. What is to be done?`,
        flag: '--overwrite',
        remedy: 'add --overwrite to replace what differs, or --yes to keep it',
        initial: 'keep',
        choices: [
          { value: 'keep', title: 'keep it' },
          { value: 'overwrite', title: 'overwrite it' },
        ],
      });
      if (answer === 'keep') return 'kept';
    }
  }
  if (!flags.dryRun) await writeFileAtomically(file, content);
  return before === undefined ? 'created' : 'changed';
}

/** A .gitignore with the lines that it lacks. */
export const withIgnored = (file: string): Promise<string> => withLines(file, IGNORED);

async function withLines(file: string, lines: readonly string[]): Promise<string> {
  const before = await readFile(file, 'utf8').catch(() => '');
  const present = new Set(before.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return before;
  return `${before}${before && !before.endsWith('\n') ? '\n' : ''}${missing.join('\n')}\n`;
}
