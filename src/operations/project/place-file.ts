import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Context } from '../../context.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { fileDifference } from '../../release/file-difference.ts';

export type Placed = 'created' | 'changed' | 'unchanged' | 'kept';

export interface WantedFile {
  /** Relative to `root`. */
  path: string;
  content: string;
}

export interface PlaceInput {
  root: string;
  /** `--overwrite`: what differs is replaced; otherwise it is asked for, and kept where nobody can be asked. */
  overwrite: boolean;
}

/** Lines are only ever added to these, so nothing of the user's is lost. */
const GROWING = ['.gitignore', '.dockerignore'];

/** Writes a file of a project; what differs is shown before it is replaced. */
export async function placeFile(
  { flags, prompter, reporter }: Pick<Context, 'flags' | 'prompter' | 'reporter'>,
  { root, overwrite }: PlaceInput,
  { path, content }: WantedFile,
): Promise<Placed> {
  const file = join(root, path);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === content) return 'unchanged';
  if (before !== undefined && !GROWING.includes(basename(path))) {
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
