import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A `gh` that knows the repository, or none at all. */
export function gh(answer?: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'platform-gh-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (answer !== undefined) writeFileSync(join(folder, 'gh'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  return { PATH: `${folder}:/usr/bin:/bin` };
}

/** A `gh` that writes down what it was asked; what a line of `refusals` begins is refused with the words after it. */
export function recordingGh(refusals: Readonly<Record<string, string>> = {}): {
  env: Record<string, string>;
  asked: () => string[];
} {
  const folder = mkdtempSync(join(tmpdir(), 'platform-gh-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'asked');
  const cases = Object.entries(refusals).map(([words, says]) => `'${words}'*) echo '${says}' >&2; exit 1;;`);
  const text = ['#!/bin/sh', `echo "$*" >> '${log}'`, 'case "$*" in', ...cases, '*) exit 0;;', 'esac', ''].join('\n');
  writeFileSync(join(folder, 'gh'), text, { mode: 0o755 });
  return {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    asked: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
