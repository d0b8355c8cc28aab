import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { AppSettings } from '../../infra/settings.ts';
import type { ParameterSource } from '../../infra/wiring.ts';
import { parsedJson } from '../domain/parsed-json.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/** Which release was brought back, from which, and of what; no service: the whole environment. */
export const recordedRollback = z.object({ to: z.string(), from: z.string(), service: z.string().optional() });

const facts = {
  /** Sorts by time: `20261121T031500Z-1f2e`. */
  id: z.string(),
  environment: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  finishedAt: z.number(),
  principal: z.string(),
  host: z.string(),
  commit: z.string().optional(),
  dirty: z.boolean().optional(),
  version: z.string(),
  /** `repository@sha256:…` by component. */
  images: z.record(z.string(), z.string()),
  /** Versions that ran, by function. */
  functions: z.record(z.string(), z.object({ version: z.string(), codeSha256: z.string() })).optional(),
  /** Releases of the files of sites, by site; null: none is up. */
  sites: z.record(z.string(), z.string().nullable()).optional(),
  simulated: z.boolean(),
  /** What migrations ended with, where a release ran them. */
  migration: z.looseObject({ exitCode: z.number().nullable() }).optional(),
  /** How many requests it was asked with once it ran; absent: none. */
  smoke: z.object({ passed: z.number(), failed: z.number(), skipped: z.number() }).optional(),
  /** A release that brought an earlier one back. */
  rollback: recordedRollback.optional(),
};

const stackFacts = { id: z.string(), name: z.string(), region: z.string(), action: z.string(), seconds: z.number() };

/** What of a stack makes it again. */
export const stackKept = {
  template: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
  // What the first records lack.
  tags: z.record(z.string(), z.string()).optional(),
  terminationProtection: z.boolean().optional(),
  after: z.array(z.string()).optional(),
  /** Where the values of the parameters came from, by their name. */
  wiring: z.record(z.string(), z.custom<ParameterSource>()).optional(),
};

/** Unknown fields are kept: a newer version may have written them. */
export const recordedStack = z.looseObject({
  ...stackFacts,
  ...stackKept,
  parameters: z.record(z.string(), z.string()),
});

/** What its templates were made of, so that a newer version can tell what it alone would change. */
export interface MadeOf {
  /** Of platform: not of who brought it back. */
  version: string;
  settings: AppSettings;
  /** Of the code of functions, by name. */
  hashes: Record<string, string>;
}

const releaseRecord = z.looseObject({
  ...facts,
  stacks: z.array(recordedStack),
  /** The first records lack it, and those of releases that somebody else's command has completed. */
  made: z.custom<MadeOf>((value) => typeof value === 'object' && value !== null).optional(),
});

/** Everything needed to say what runs, and to bring it back: the templates and parameters of every stack. */
export type ReleaseRecord = z.infer<typeof releaseRecord>;

/** A release without its templates: small enough to read many of. */
const releaseSummary = z.looseObject({ ...facts, stacks: z.array(z.looseObject(stackFacts)) });
export type ReleaseSummary = z.infer<typeof releaseSummary>;

/** The end holds the milliseconds first, so that ids of one second sort by time as well. */
export function newReleaseId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const milliseconds = (now % 1000).toString(16).padStart(3, '0');
  return `${time}-${milliseconds}${randomInt(16).toString(16)}`;
}

const prefix = (environment: string) => `environments/${environment}/releases/`;
const recordKey = (environment: string, id: string) => `${prefix(environment)}${id}.json`;
const summaryKey = (environment: string, id: string) => `environments/${environment}/release-summaries/${id}.json`;

/** The record first: a summary that is missing is made up for by it. */
export async function writeRelease(objects: ObjectStore, record: ReleaseRecord): Promise<void> {
  await objects.put(recordKey(record.environment, record.id), JSON.stringify(record));
  await objects.put(summaryKey(record.environment, record.id), JSON.stringify(summaryOf(record)));
}

/** Undefined when there is no such release; throws `state-unreadable`. */
export async function readRelease(
  objects: ObjectStore,
  environment: string,
  id: string,
): Promise<ReleaseRecord | undefined> {
  const found = await objects.get(recordKey(environment, id));
  return found && storedIn(releaseRecord, found.body, { objects, key: recordKey(environment, id) });
}

/** Oldest first. */
export async function releaseIds(objects: ObjectStore, environment: string): Promise<string[]> {
  const keys = await objects.list(prefix(environment));
  return keys.flatMap((key) => /([^/]+)\.json$/.exec(key)?.[1] ?? []);
}

/** What a release was, without its templates; undefined when neither its summary nor its record can be read. */
export async function readSummary(
  objects: ObjectStore,
  environment: string,
  id: string,
): Promise<ReleaseSummary | undefined> {
  const summary = parsedSummary((await objects.get(summaryKey(environment, id)))?.body);
  // The first releases have none.
  return summary ?? parsedSummary((await objects.get(recordKey(environment, id)))?.body);
}

function parsedSummary(body: string | undefined): ReleaseSummary | undefined {
  const parsed = releaseSummary.safeParse(body === undefined ? undefined : parsedJson(body));
  return parsed.success ? summaryOf(parsed.data) : undefined;
}

const summaryOf = ({ stacks, made: _, ...release }: ReleaseSummary): ReleaseSummary => ({
  ...release,
  stacks: stacks.map(({ id, name, region, action, seconds }) => ({ id, name, region, action, seconds })),
});
