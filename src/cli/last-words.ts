import { EXIT } from '../errors/platform-error.ts';
import type { Surroundings } from '../io/surroundings.ts';

const REMEDY = 'install platform again; platform status then shows how things stand, and what AWS had begun goes on';

/**
 * What is said when an error cannot even be reported: files of the program are loaded when they are wanted, and an
 * upgrade may have taken them away meanwhile. Loads nothing itself, and ends what would otherwise fail at failing.
 */
export function lastWords(thrown: unknown, worse: unknown, { stdout, stderr }: Surroundings, json: boolean): number {
  const message = `${firstLine(thrown)}; and that could not be reported: ${firstLine(worse)}`;
  stderr.write(`error: ${message}\n  fix: ${REMEDY}\n`);
  if (json)
    stdout.write(`${JSON.stringify({ error: { id: 'bug', kind: 'bug', message, remedy: REMEDY } }, null, 2)}\n`);
  return EXIT.bug;
}

const firstLine = (thrown: unknown): string =>
  /^\P{Control}*/u.exec(thrown instanceof Error ? thrown.message : String(thrown))?.[0] ?? '';
