import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';

/** A git repository in a fresh folder, gone after the test; platform.yaml stands in `infra/`. Answers with that folder. */
export function writeProject(text: string | Uint8Array, { git = true, name = 'platform.yaml' } = {}): string {
  const repository = mkdtempSync(join(tmpdir(), 'platform-config-'));
  onTestFinished(() => rmSync(repository, { recursive: true, force: true }));
  if (git) mkdirSync(join(repository, '.git'));
  const folder = join(repository, 'infra');
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
  return folder;
}

/** A day on which everything that the tests use is supported. */
export const TODAY = new Date('2026-06-01T00:00:00Z');

export const loadText = (text: string | Uint8Array): Project => loadProject({ cwd: writeProject(text), now: TODAY });

/** What keeps the text from being loaded, as `line:column path: message | remedy`. */
export function mistakesIn(text: string | Uint8Array): string[] {
  return refusal(() => loadText(text)).problems.map(inOneLine);
}

export const inOneLine = ({ line, column, path, message, remedy }: Problem): string =>
  `${line}:${column} ${path}: ${message} | ${remedy}`;

/** The PlatformError that the work ends in; anything else fails the test. */
export function refusal(work: () => unknown): PlatformError {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

export const SYSTEMS = ['event-scheduling', 'express-workers', 'pikaia', 'stream-sales', 'tango'] as const;

/** The text of one of the source systems. */
export const systemText = (name: (typeof SYSTEMS)[number]): string =>
  readFileSync(join(import.meta.dirname, 'systems', `${name}.yaml`), 'utf8');
