import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Context } from '../../context.ts';
import { IGNORED, type InitAnswers, initFiles, leftBehind, NOT_IN_IMAGES } from './init-files.ts';
import { type Placed, placeFile } from './place-file.ts';

/** The contract of `init --json`. */
export interface InitOutcome {
  files: { path: string; action: Placed }[];
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
  const { files, sources } = await initFiles(templates, answers);
  // What the configuration names has to be there; what is there is the user's.
  for (const [path, content] of Object.entries(sources)) if (!(await isThere(join(root, path)))) files[path] = content;
  const wanted: Record<string, string> = {
    ...files,
    '.gitignore': await withLines(join(root, '.gitignore'), [...IGNORED, ...leftBehind(answers)]),
  };
  const ours = Object.keys(files).find((path) => basename(path) === 'Dockerfile');
  if (ours) {
    const path = join(dirname(ours), '.dockerignore');
    wanted[path] = await withLines(join(root, path), NOT_IN_IMAGES);
  }
  for (const [path, content] of Object.entries(wanted)) {
    outcome.files.push({ path, action: await placeFile(context, input, { path, content }) });
  }
  return outcome;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A .gitignore with the lines that it lacks. */
export const withIgnored = (file: string): Promise<string> => withLines(file, IGNORED);

async function withLines(file: string, lines: readonly string[]): Promise<string> {
  const before = await readFile(file, 'utf8').catch(() => '');
  const present = new Set(before.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return before;
  return `${before}${before && !before.endsWith('\n') ? '\n' : ''}${missing.join('\n')}\n`;
}
