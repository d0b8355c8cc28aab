import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
