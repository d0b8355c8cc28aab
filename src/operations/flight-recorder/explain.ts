import { join } from 'node:path';
import { findFile } from '../../config/find-file.ts';
import type { Context } from '../../context.ts';
import { chosenRun, keptRuns, readRun } from './read-runs.ts';
import type { RunRecord } from './run-record.ts';

/** The contract of `explain --json`: the record itself. */
export type ExplainOutcome = RunRecord;

/** The contract of `explain --list --json`. */
export interface RunsOutcome {
  /** Newest first. */
  runs: ListedRun[];
}

export interface ListedRun {
  id: string;
  /** False: another version wrote it, or nobody did. */
  readable: boolean;
  command: string | null;
  environment: string | null;
  outcome: RunRecord['outcome'] | null;
  startedAt: string | null;
  /** What went wrong, in a sentence. */
  message: string | null;
}

type Powers = Pick<Context, 'directory' | 'variables'>;

/** The folder of the project's runs; its configuration may be broken. */
export function runsFolder({ directory, variables }: Powers): string {
  const ceilings = (variables.GIT_CEILING_DIRECTORIES ?? '').split(':').filter(Boolean);
  return join(findFile(directory, ceilings).root, '.platform', 'runs');
}

/** A run that was kept: the newest, or the one that is named. Asks AWS nothing. */
export async function explain(context: Powers, wanted?: string): Promise<ExplainOutcome> {
  const folder = runsFolder(context);
  return readRun(folder, chosenRun(await keptRuns(folder), wanted, folder));
}

export async function listRuns(context: Powers): Promise<RunsOutcome> {
  const folder = runsFolder(context);
  const runs = await Promise.all(
    (await keptRuns(folder)).map(async (id): Promise<ListedRun> => {
      const record = await readRun(folder, id).catch(() => undefined);
      const nothing = { command: null, environment: null, outcome: null, startedAt: null, message: null };
      if (!record) return { id, readable: false, ...nothing };
      const { command, environment, outcome, startedAt, failure } = record;
      return { id, readable: true, command, environment, outcome, startedAt, message: failure?.message ?? null };
    }),
  );
  return { runs };
}
