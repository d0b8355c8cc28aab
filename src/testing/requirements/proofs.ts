import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ID = /(?<![\w-])(?:S[0-4]-\d{2,3}|[DC]\d{1,2})(?![\w-])/g;

/** A call of `describe`, `it` or one of their kinds that runs: `skip` and `todo` prove nothing. */
const TEST = /\b(?:describe|it)(?:\.(?:each|for|concurrent|sequential|runIf|skipIf))?\s*\(/;

/** A line that holds a test's title: the call itself, or a row of the table of an `each`. */
const TITLE = /\b(?:describe|it)\b|^\s*[['"`{]/;

/** Ids of rows in the titles of tests, and the files whose tests they are. */
export function provenIds(): Map<string, string[]> {
  const proven = new Map<string, string[]>();
  for (const file of testFiles()) {
    for (const id of idsIn(readFileSync(join(ROOT, file), 'utf8'))) {
      proven.set(id, [...(proven.get(id) ?? []), file]);
    }
  }
  return proven;
}

/** Ids in the titles of one file of tests. */
export function idsIn(text: string): Set<string> {
  if (!TEST.test(text)) return new Set();
  const titles = text.split('\n').filter((line) => TITLE.test(line) && !/\.(?:skip|todo)\b/.test(line));
  return new Set(titles.flatMap((line) => line.match(ID) ?? []));
}

const testFiles = (): string[] =>
  ['src', 'infra', 'functions', 'templates']
    .flatMap((folder) =>
      (readdirSync(join(ROOT, folder), { recursive: true }) as string[]).map((f) => `${folder}/${f}`),
    )
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .filter((file) => !file.startsWith('src/testing/requirements/'))
    .sort();
