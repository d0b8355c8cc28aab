import { readFile, rm } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { applyPatch, reversePatch, structuredPatch } from 'diff';
import { editedText } from '../../config/edited-text.ts';
import { findFile } from '../../config/find-file.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { fileDifference } from '../../release/file-difference.ts';
import type { EditStep } from './scenario.ts';

/** A change of platform.yaml, for people to see before it is made; part of the contract of `sandbox break --json`. */
export interface ProjectEdit {
  file: string;
  /** A unified diff; empty when the file says all of it already. */
  difference: string;
}

/** What is kept of an edit until it is taken back. */
interface Kept {
  file: string;
  before: string;
  after: string;
}

type Powers = Pick<Context, 'directory' | 'variables'>;

/** Where they are kept: not with the sandbox's own state, which may be reset while the file still is as it was edited. */
function placeOf({ directory, variables }: Powers) {
  const ceilings = (variables.GIT_CEILING_DIRECTORIES ?? '').split(delimiter).filter(Boolean);
  const { file, root } = findFile(directory, ceilings);
  return { file, kept: (scenario: string) => join(root, '.platform', 'edits', `${scenario}.json`) };
}

/** What the edits of a scenario would make of a text of platform.yaml. Throws `scenario-edit-refused`. */
export function editsOf(text: string, scenario: string, edits: readonly EditStep[]): string {
  return edits.reduce((edited, { edit: { path, value } }) => {
    const next = editedText(edited, path.split('.'), value);
    if (next === undefined) throw notEditable(scenario, path, value);
    return next;
  }, text);
}

export async function projectText(powers: Powers): Promise<string> {
  return readFile(placeOf(powers).file, 'utf8');
}

export const editShown = (before: string, after: string): ProjectEdit => ({
  file: 'platform.yaml',
  difference: before === after ? '' : fileDifference('platform.yaml', before, after),
});

/** The way back is written first. An edit that is made already keeps the way back that it has. */
export async function makeEdits(powers: Powers, scenario: string, before: string, after: string): Promise<void> {
  if (before === after) return;
  const { file, kept } = placeOf(powers);
  const record: Kept = { file: basename(file), before, after };
  await writeFileAtomically(kept(scenario), `${JSON.stringify(record)}\n`, 0o600);
  await writeFileAtomically(file, after);
}

/** What taking back a scenario's edits would change; undefined when it has made none, or they are gone already. */
export async function wayBack(
  powers: Powers,
  scenario: string,
): Promise<{ difference: string; take: () => Promise<void> } | undefined> {
  const { file, kept } = placeOf(powers);
  const record = await readFile(kept(scenario), 'utf8').catch(() => undefined);
  if (record === undefined) return undefined;
  const { before, after } = JSON.parse(record) as Kept;
  const now = await readFile(file, 'utf8');
  const back = now === after ? before : now === before ? now : withoutEdit(now, { before, after });
  if (back === undefined) throw notTakenBack(scenario, before, after);
  return {
    difference: now === back ? '' : fileDifference('platform.yaml', now, back),
    take: async () => {
      if (now !== back) await writeFileAtomically(file, back);
      await rm(kept(scenario), { force: true });
    },
  };
}

/** Where the file has other changes since: only those lines that the edit made go back. */
function withoutEdit(now: string, { before, after }: Pick<Kept, 'before' | 'after'>): string | undefined {
  const made = structuredPatch('platform.yaml', 'platform.yaml', before, after, undefined, undefined, { context: 1 });
  const back = applyPatch(now, reversePatch(made));
  return back === false ? undefined : back;
}

const notEditable = (scenario: string, path: string, value: unknown) =>
  new PlatformError({
    id: 'scenario-edit-refused',
    kind: 'usage',
    message: `Scenario ${scenario} wants ${path} to be ${JSON.stringify(value)}, and platform.yaml is written so that this cannot be put in place`,
    remedy: 'write it yourself: an alias or a list stands where the value would go',
  });

const notTakenBack = (scenario: string, before: string, after: string) =>
  new PlatformError({
    id: 'scenario-edit-changed',
    kind: 'failed',
    message: `What scenario ${scenario} edited in platform.yaml was changed again since, so it is left as it is`,
    remedy: `take it back yourself; it had made\n${fileDifference('platform.yaml', before, after)}`,
  });
