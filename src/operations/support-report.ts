import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { effectiveView } from '../config/show.ts';
import type { Context, Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { VERSION } from '../package.ts';
import { writeFileAtomically } from '../process/write-file.ts';
import { readRelease } from '../release/release-record.ts';
import { redactedDeep } from './flight-recorder/redacted-deep.ts';
import { SecretMask } from './flight-recorder/secret-mask.ts';
import { logs } from './logs/logs.ts';
import { events } from './stacks/events.ts';
import { stateOf } from './state-of.ts';

export interface ReportInput {
  /** Where it is written; asked about when it is there. */
  file: string;
  /** What `doctor` has found. */
  checks: unknown;
  /** Of the checkout; absent where there is none. */
  git?: { commit: string; dirty: boolean };
}

/** What could not be read says why, and keeps nothing else from being read. */
type Part<T> = T | { unread: string };

const EVENTS = 50;
const LINES = 300;
const SINCE_MS = 60 * 60_000;

/**
 * One file for whoever helps, in the order in which one looks: checks and what mends them, CloudFormation's events, what
 * the application wrote, and at last what was deployed of which code. Without secrets, for its owner alone. Answers
 * with its path.
 */
export async function writeReport(context: Context, { file: name, checks, git }: ReportInput): Promise<string> {
  const file = resolve(context.directory, name);
  if (existsSync(file)) await context.prompter.ask({ text: `${file} is there already. Write it anew?` });
  if (context.flags.dryRun) return file;
  const { environment } = await context.configured();
  const opened = await part(() => context.open());
  const mask = 'unread' in opened ? undefined : await SecretMask.of(opened);
  // Programs speak in logs.
  await mask?.learn();
  const of = async <T>(read: (session: Session) => Promise<T>): Promise<Part<T>> =>
    'unread' in opened ? opened : part(() => read(opened));
  const report = {
    format: 1,
    environment: environment.name,
    at: new Date(context.clock.now()).toISOString(),
    versions: { platform: VERSION, node: process.versions.node, system: `${process.platform} ${process.arch}` },
    troubleshooting: checks,
    events: await of((session) => events(session, { limit: EVENTS })),
    logs: await of(linesOf),
    code: {
      checkout: git ?? null,
      release: await of(releaseOf),
      configuration: effectiveView(environment),
    },
  };
  await writeFileAtomically(file, `${JSON.stringify(redactedDeep(report, mask?.hide), undefined, 2)}\n`, 0o600);
  return file;
}

async function linesOf(session: Session) {
  const quiet = { line: () => {}, stopped: () => {} };
  const input = { sinceMs: SINCE_MS, limit: LINES, follow: false };
  const [{ lines, truncated }, { stopped }] = [
    await logs(session, { ...input, stopped: false }, quiet),
    await logs(session, { ...input, stopped: true }, quiet),
  ];
  return { lines, truncated, stopped };
}

async function releaseOf(session: Session) {
  const { state, objects } = await stateOf(session);
  const record = state.release ? await readRelease(objects, session.environment.name, state.release) : undefined;
  if (!record) return null;
  const { id, commit = null, dirty = null, version, images, startedAt } = record;
  return {
    id,
    commit,
    dirty,
    version,
    images,
    startedAt: new Date(startedAt).toISOString(),
    unproven: state.unproven ?? null,
  };
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PlatformError) return { unread: error.message };
    throw error;
  }
}
