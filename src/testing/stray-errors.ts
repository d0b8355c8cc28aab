import { writeFileSync } from 'node:fs';
import { env } from 'node:process';
import type { Reporter } from 'vitest/node';

/**
 * A reporter of vitest that writes the files in which an error was thrown that no test caught, as a JSON list, to the
 * file that `STRAY_ERRORS` names. Vitest's own JSON report leaves them out, though they fail the run. Where an error
 * belongs to no file the list has an empty name.
 */
export default class StrayErrors implements Reporter {
  onTestRunEnd(...[, errors]: Parameters<NonNullable<Reporter['onTestRunEnd']>>): void {
    if (env.STRAY_ERRORS === undefined) return;
    const files = errors.map((error) => String(error.VITEST_TEST_PATH ?? ''));
    writeFileSync(env.STRAY_ERRORS, JSON.stringify([...new Set(files)]));
  }
}
