import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder } from './read-output.ts';

/** Beside what OpenNext writes, which empties its folder first: a build of somebody else's leaves no note of ours. */
const NOTE = '.platform-build.json';

/** What the build that lies there was made of; undefined for one that we did not make. */
export async function noteOfBuild(app: string): Promise<string | undefined> {
  try {
    const { source } = JSON.parse(await readFile(join(outputFolder(app), NOTE), 'utf8')) as { source?: unknown };
    return typeof source === 'string' ? source : undefined;
  } catch {
    return undefined;
  }
}

export const writeNoteOfBuild = (app: string, source: string): Promise<void> =>
  writeFile(join(outputFolder(app), NOTE), JSON.stringify({ source }));
