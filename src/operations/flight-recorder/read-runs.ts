import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { nearest } from '../../domain/nearest.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { RUN_FILE, type RunRecord } from './run-record.ts';

/** Ours have at most one; what is larger was written by somebody else. */
const MOST_BYTES = 4 * 1024 * 1024;

const evidence = z.object({ call: z.string(), read: z.string(), value: z.string() });
const cause = z.object({
  id: z.templateLiteral(['F-', z.number()]),
  subject: z.string(),
  what: z.string(),
  remedy: z.string(),
  recurs: z.enum(['always', 'maybe', 'passing']).optional(),
  certainty: z.enum(['certain', 'possible']),
  evidence: z.array(evidence),
});
const unseen = z.object({ what: z.string(), permission: z.string().optional(), reason: z.string() });
const found = { causes: z.array(cause), unseen: z.array(unseen) };
const role = z.enum(['new', 'back']);
const service = z.string();

const sighting = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('act'), text: z.string() }),
  unseen.extend({ kind: z.literal('blind') }),
  z.object({
    kind: z.literal('resource'),
    stack: z.string(),
    resource: z.string(),
    type: z.string(),
    status: z.string(),
    reason: z.string().optional(),
  }),
  z.object({
    kind: z.literal('rollout'),
    service,
    deployment: z.string(),
    role,
    state: z.string(),
    running: z.number(),
    desired: z.number(),
    failed: z.number(),
    reason: z.string().optional(),
  }),
  z.object({
    kind: z.literal('task'),
    service,
    task: z.string(),
    deployment: z.string(),
    role,
    stopCode: z.string().optional(),
    reason: z.string(),
    containers: z.array(z.object({ name: z.string(), exitCode: z.number().nullable(), reason: z.string().optional() })),
  }),
  z.object({
    kind: z.literal('log'),
    service,
    task: z.string(),
    container: z.string(),
    lines: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('target'),
    service,
    target: z.string(),
    state: z.string(),
    reason: z.string().optional(),
    description: z.string().optional(),
  }),
  z.object({ kind: z.literal('shift'), service, stage: z.string(), percent: z.number().optional() }),
  z.object({ kind: z.literal('alarm'), service, alarm: z.string(), state: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('event'), service, text: z.string() }),
  z.object({ kind: z.literal('diagnosis'), service, task: z.string().optional(), ...found }),
  z.object({
    kind: z.literal('one-off'),
    component: z.string(),
    command: z.string(),
    task: z.string(),
    end: z.string(),
    exitCode: z.number().nullable(),
    reason: z.string().nullable(),
    lines: z.array(z.string()),
  }),
]);

const failure = z.object({
  id: z.string(),
  kind: z.string(),
  message: z.string(),
  remedy: z.string(),
  problems: z.array(
    z.object({
      rule: z.string().optional(),
      path: z.string(),
      message: z.string(),
      remedy: z.string(),
      evidence: z.array(evidence).optional(),
    }),
  ),
  ...found,
});

const runRecord = z.object({
  format: z.literal(1),
  id: z.string(),
  command: z.string(),
  environment: z.string(),
  sandbox: z.boolean(),
  account: z.string(),
  region: z.string(),
  version: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  outcome: z.enum(['running', 'done', 'failed']),
  dropped: z.number(),
  seen: z.array(z.intersection(sighting, z.object({ at: z.string() }))),
  failure: failure.nullable(),
});

/** Ids of the runs that were kept, the newest first; the folder of an image that was pushed by itself has no record. */
export async function keptRuns(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const kept = await Promise.all(
    names.map(async (name) => ((await stat(join(directory, name, RUN_FILE)).catch(() => undefined)) ? [name] : [])),
  );
  return kept.flat().toSorted().reverse();
}

/** Throws `run-unreadable` for what this version did not write. */
export async function readRun(directory: string, id: string): Promise<RunRecord> {
  const file = join(directory, id, RUN_FILE);
  const { size } = await stat(file);
  const read = size > MOST_BYTES ? undefined : runRecord.safeParse(parsedJson(await readFile(file, 'utf8')));
  // The certainty of a cause and its evidence were checked when it was written.
  if (read?.success) return read.data as RunRecord;
  throw new PlatformError({
    id: 'run-unreadable',
    kind: 'failed',
    message: `${file} is no record that this version of platform can read`,
    remedy: 'platform explain --list shows the others',
  });
}

/** The run that is meant: the newest without a name, else by its id or its end. Throws `no-runs`, `run-unknown`. */
export function chosenRun(kept: readonly string[], wanted: string | undefined, directory: string): string {
  const [newest] = kept;
  if (newest === undefined) throw noRuns(directory);
  if (wanted === undefined) return newest;
  const matching = kept.filter((id) => id === wanted || id.endsWith(wanted));
  const [only] = matching;
  if (only !== undefined && (matching.length === 1 || only === wanted)) return only;
  throw unknown(wanted, matching.length > 1 ? matching : kept);
}

const noRuns = (directory: string) =>
  new PlatformError({
    id: 'no-runs',
    kind: 'failed',
    message: `No run was kept in ${directory}: nothing was deployed from here, or nothing of it is left`,
    remedy: 'platform status and platform events show what AWS knows',
  });

const SHOWN = 5;

function unknown(wanted: string, kept: readonly string[]) {
  const near = nearest(wanted, kept);
  return new PlatformError({
    id: 'run-unknown',
    kind: 'usage',
    message: `${JSON.stringify(wanted)} is not one run that was kept`,
    remedy: near ? `name ${near}` : `name one of ${kept.slice(0, SHOWN).join(', ')}; platform explain --list shows all`,
  });
}
