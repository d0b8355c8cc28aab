import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Built } from '../../infra/next-output.ts';
import type { AppSettings } from '../../infra/settings.ts';
import { VERSION } from '../package.ts';
import type { Synthesis } from './cdk.ts';

interface Kept {
  key: string;
  /** SHA-256 of each template file, by its path. */
  files: Record<string, string>;
  stacks: Omit<Synthesis['stacks'][number], 'template'>[];
}

/**
 * The synthesis of the same settings by the same program, when it still lies there untouched. Synthesis is pure, so what
 * it would give is known, and aws-cdk-lib need not be loaded. Undefined for any doubt.
 */
export function keptSynthesis(settings: AppSettings, directory: string, built: Built = {}): Synthesis | undefined {
  try {
    const kept = JSON.parse(readFileSync(noteOf(directory), 'utf8')) as Kept;
    if (kept.key !== keyOf(settings, built)) return undefined;
    const texts = kept.stacks.map(({ templateFile }) => readFileSync(templateFile, 'utf8'));
    if (kept.stacks.some(({ templateFile }, index) => kept.files[templateFile] !== hash(texts[index]!)))
      return undefined;
    return {
      directory,
      stacks: kept.stacks.map((stack, index) => ({ ...stack, template: JSON.parse(texts[index]!) })),
    };
  } catch {
    return undefined;
  }
}

export function keepSynthesis(settings: AppSettings, { directory, stacks }: Synthesis, built: Built = {}): void {
  const kept: Kept = {
    key: keyOf(settings, built),
    files: Object.fromEntries(
      stacks.map(({ templateFile }) => [templateFile, hash(readFileSync(templateFile, 'utf8'))]),
    ),
    stacks: stacks.map(({ template: _, ...stack }) => stack),
  };
  writeFileSync(noteOf(directory), JSON.stringify(kept));
}

const noteOf = (directory: string): string => `${directory}.json`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whoever works on the stacks changes files without changing the version, so their times count too. */
function keyOf(settings: AppSettings, built: Built): string {
  const infra = join(import.meta.dirname, '..', '..', 'infra');
  const times = readdirSync(infra, { recursive: true, encoding: 'utf8' }).map((file) => [
    file,
    statSync(join(infra, file)).mtimeMs,
  ]);
  return hash(JSON.stringify([VERSION, times.sort(), settings, built]));
}
