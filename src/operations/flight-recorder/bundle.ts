import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { effectiveView } from '../../config/show.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { VERSION } from '../../package.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { explainText } from './explain-text.ts';
import { redactedDeep } from './redacted-deep.ts';
import type { RunRecord } from './run-record.ts';

/** What a colleague is given: everything that is known of a run, and nothing that is secret. */
export interface Bundle {
  format: 1;
  versions: { platform: string; node: string; system: string };
  /** For people, line by line. */
  summary: string[];
  run: RunRecord;
  /** As it is now; null where it does not load, and then why. */
  configuration: unknown;
  configurationError: string | null;
}

type Powers = Pick<Context, 'directory' | 'flags' | 'project' | 'prompter'>;

/**
 * Writes one file, for its owner alone: a person decides whom to give it. Asks before it takes the place of a file that
 * is there; a dry run writes nothing. Answers with its path.
 */
export async function writeBundle(context: Powers, record: RunRecord, name: string): Promise<string> {
  const file = resolve(context.directory, name);
  if (existsSync(file)) await context.prompter.ask({ text: `${file} is there already. Write it anew?` });
  if (context.flags.dryRun) return file;
  const bundle: Bundle = {
    format: 1,
    versions: { platform: VERSION, node: process.versions.node, system: `${process.platform} ${process.arch}` },
    summary: explainText(record).split('\n'),
    run: record,
    ...(await configurationOf(context, record)),
  };
  try {
    await writeFileAtomically(file, `${JSON.stringify(redactedDeep(bundle), undefined, 2)}\n`, 0o600);
  } catch (error) {
    throw notWritten(file, error);
  }
  return file;
}

async function configurationOf(
  context: Powers,
  { environment, sandbox }: RunRecord,
): Promise<Pick<Bundle, 'configuration' | 'configurationError'>> {
  try {
    const project = await context.project();
    return {
      configuration: effectiveView(project.environment(environment, { rehearsal: sandbox })),
      configurationError: null,
    };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const problems = error.problems.map(({ path, message }) => `${path}: ${message}`);
    return { configuration: null, configurationError: [error.message, ...problems].join('; ') };
  }
}

const notWritten = (file: string, cause: unknown) =>
  new PlatformError({
    id: 'bundle-not-written',
    kind: 'failed',
    message: `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'name a file in a folder that is there and that you may write to',
    cause,
  });
