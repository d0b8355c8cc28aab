import { join } from 'node:path';
import type { Session } from '../../context.ts';
import type { Unseen } from '../../diagnosis/cause.ts';
import { diagnoseService } from '../../diagnosis/diagnose-service.ts';
import { inSamePlace, type Place } from '../../domain/same-place.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { VERSION } from '../../package.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { Recorder } from './recorder.ts';
import { redactedDeep } from './redacted-deep.ts';
import type { RecordedFailure } from './run-record.ts';
import { SecretMask } from './secret-mask.ts';
import type { Flight } from './stack-flight.ts';

/** A session whose command keeps what it sees. */
export type RecordedSession = Session & { readonly recorder: Recorder };

export interface RecordInput {
  /** As it is typed: `deploy`, `rollback web`. */
  command: string;
}

/**
 * Runs a command with a recorder. What it saw stays in `.platform/runs/<id>/`, whatever becomes of the stack, of the
 * command and of this process; a look and a run in which nothing happened leave nothing.
 */
export async function recordRun<T>(
  session: Session,
  { command }: RecordInput,
  work: (session: RecordedSession) => Promise<T>,
): Promise<T> {
  const mask = await SecretMask.of(session);
  const recorder = recorderFor(session, command, mask);
  try {
    const answer = await work({ ...session, recorder });
    await recorder.done();
    return answer;
  } catch (error) {
    if (!session.flags.dryRun && isWorthKeeping(error, recorder)) {
      await recorder.failed(failureOf(error, placeOf(session)));
      session.reporter.note(`What was seen is kept: platform explain ${recorder.id} shows it again`);
    }
    throw error instanceof PlatformError ? masked(error, mask) : error;
  }
}

/** What this command's rollouts are watched with. */
export const flightOf = (
  { recorder }: RecordedSession,
  { waitAnyway = false }: { waitAnyway?: boolean } = {},
): Flight => ({
  recorder,
  judge: diagnoseService,
  waitAnyway,
});

/** Terminals are recorded too, by pipelines: what quotes a program is shown as it is kept. */
function masked(error: PlatformError, { hide }: SecretMask): PlatformError {
  const { message, remedy, problems, findings, details } = error;
  return error.with({
    message: hide(message),
    remedy: hide(remedy),
    problems: problems.map((problem) => ({
      ...problem,
      message: hide(problem.message),
      ...(problem.evidence ? { evidence: redactedDeep(problem.evidence, hide) } : {}),
    })),
    findings: findings.map(hide),
    ...(details?.causes ? { details: { ...details, causes: redactedDeep(details.causes, hide) } } : {}),
  });
}

function recorderFor(
  { clock, environment, reporter, target, workDirectory }: Session,
  command: string,
  mask: SecretMask,
): Recorder {
  const now = clock.now();
  return new Recorder(
    {
      directory: join(workDirectory, 'runs'),
      clock,
      warn: (text) => reporter.warn(text),
      mask: mask.hide,
      learn: () => mask.learn(),
    },
    {
      command,
      version: VERSION,
      id: newReleaseId(now),
      environment: environment.name,
      sandbox: target.sandbox,
      account: target.account,
      region: target.region,
      startedAt: new Date(now).toISOString(),
    },
  );
}

/** A word that was mistyped and a question that was declined are no failures of anything, unless something had begun. */
const isWorthKeeping = (error: unknown, recorder: Recorder): boolean =>
  recorder.holds || !(error instanceof PlatformError) || !['usage', 'declined'].includes(error.kind);

/** Of the next steps: whoever reads them later is somewhere else. */
const placeOf = ({ environment: { name, kind, sandboxed } }: Session): Place => ({
  env: name,
  sandbox: sandboxed && kind !== 'sandbox',
});

function failureOf(error: unknown, place: Place): RecordedFailure {
  if (!(error instanceof PlatformError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: 'bug', kind: 'bug', message, remedy: '', problems: [], causes: [], unseen: [] };
  }
  const { id, kind, message, remedy, problems, details = {} } = error;
  return {
    id,
    kind,
    message,
    remedy: inSamePlace(remedy, place),
    problems: problems.map(({ rule, path, message: what, remedy: fix, evidence }) => ({
      ...(rule ? { rule } : {}),
      path,
      message: what,
      remedy: inSamePlace(fix, place),
      ...(evidence ? { evidence } : {}),
    })),
    causes: Array.isArray(details.causes) ? (details.causes as RecordedFailure['causes']) : [],
    unseen: Array.isArray(details.unseen) ? (details.unseen as Unseen[]) : [],
  };
}
