import type { Deployable } from './deployable.ts';

/** What one check says, and how the program ended. */
export async function checked(
  project: Pick<Deployable, 'platform'>,
  id: string,
  words = '--env dev --sandbox',
): Promise<{
  exitCode: number;
  // biome-ignore lint/suspicious/noExplicitAny: documents are asserted, not used
  checks: any[];
  // biome-ignore lint/suspicious/noExplicitAny: the same
  document: any;
  stderr: string;
}> {
  const run = await project.platform(`doctor --only ${id} ${words} --json`);
  const document = run.json();
  const { exitCode, stderr } = run;
  return { exitCode, checks: document.checks, document, stderr };
}
