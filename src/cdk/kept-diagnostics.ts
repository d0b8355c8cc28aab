import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Diagnostic } from './validator-thread.ts';

/** Of several environments and a few versions of each. */
const KEPT = 300;

/** For all assemblies beside each other, under a name that no environment has. */
export const diagnosticsFile = (assembly: string): string => join(dirname(assembly), '.diagnostics.json');

/** What the validator said of templates, by their content; the newest last. */
export interface KeptDiagnostics {
  of(text: string): Diagnostic[] | undefined;
  /** Remembers these too; what cannot be written is found out again. */
  keep(found: ReadonlyMap<string, Diagnostic[]>): void;
}

/**
 * What this version of the validator said of the same templates before. It looks at nothing but the text, so that its
 * answer is known. What cannot be read was never said.
 */
export function keptDiagnostics(file: string): KeptDiagnostics {
  const version = validatorVersion();
  const before = read(file);
  const keyOf = (text: string) => createHash('sha256').update(version).update('\n').update(text).digest('hex');
  return {
    of: (text) => before.get(keyOf(text)),
    keep: (found) => {
      const all = new Map(before);
      for (const [text, diagnostics] of found) all.set(keyOf(text), diagnostics);
      // Another process writes the same file, and each of the two is whole.
      const draft = `${file}.${process.pid}`;
      try {
        writeFileSync(draft, JSON.stringify([...all].slice(-KEPT)));
        renameSync(draft, file);
      } catch {
        rmSync(draft, { force: true });
      }
    },
  };
}

function read(file: string): Map<string, Diagnostic[]> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Diagnostic[]][]);
  } catch {
    return new Map();
  }
}

/** The validator is bundled in aws-cdk-lib, in one version for each of its versions. */
function validatorVersion(): string {
  return (createRequire(import.meta.url)('aws-cdk-lib/package.json') as { version: string }).version;
}
