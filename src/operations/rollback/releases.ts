import type { Session } from '../../context.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import {
  type ReleaseRecord,
  type ReleaseSummary,
  readRelease,
  readSummary,
  releaseIds,
} from '../../release/release-record.ts';
import { type StateAccess, stateOf } from '../state-of.ts';

export interface ReleasesInput {
  limit: number;
  /** Only those older than this release: the next page. */
  before?: string;
}

/** The contract of `releases --json`. */
export interface ReleasesOutcome {
  environment: string;
  /** The newest release that was proven. */
  live: string | null;
  /** A deployment that began to change things and has not been proven since. */
  unproven: string | null;
  /** What that one answered, where it runs and did not answer as expected. */
  unanswered: string | null;
  /** Newest first. */
  releases: ListedRelease[];
  /** What `--before` takes for the next page; null on the last. */
  next: string | null;
}

export type ListedRelease = { id: string; readable: false } | ReadableRelease;

export interface ReadableRelease {
  id: string;
  readable: true;
  live: boolean;
  commit: string | null;
  dirty: boolean;
  /** ISO 8601. */
  startedAt: string;
  finishedAt: string;
  seconds: number;
  principal: string;
  host: string;
  version: string;
  /** `<repository>@sha256:…` by component. */
  images: Record<string, string>;
  /** Releases of the files of sites, by site; null: none was up. */
  sites: Record<string, string | null>;
  simulated: boolean;
  migration: { exitCode: number | null } | null;
  rollback: { to: string; from: string; service: string | null } | null;
  /** Releases of this page that brought this one back. */
  rolledBackToBy: string[];
  stacks: { id: string; name: string; action: string; seconds: number }[];
}

/** How many objects of the state are read side by side. */
const SIDE_BY_SIDE = 16;

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** What was released, newest first, from the record that the whole team shares. One that cannot be read is still listed. */
export async function releases(session: Powers, { limit, before }: ReleasesInput): Promise<ReleasesOutcome> {
  const { environment } = session;
  const access = await stateOf(session);
  const ids = await releaseIds(access.objects, environment.name);
  const older = before === undefined ? ids : ids.slice(0, ids.indexOf(chosenRelease(ids, before, environment.name)));
  const page = older.slice(-limit).reverse();
  const read: { id: string; summary: ReleaseSummary | undefined }[] = [];
  for (let at = 0; at < page.length; at += SIDE_BY_SIDE) {
    const some = page.slice(at, at + SIDE_BY_SIDE);
    read.push(
      ...(await Promise.all(
        some.map(async (id) => ({ id, summary: await readSummary(access.objects, environment.name, id) })),
      )),
    );
  }
  const rollbacks = read.flatMap(({ id, summary }) => (summary?.rollback ? [{ id, to: summary.rollback.to }] : []));
  return {
    environment: environment.name,
    live: access.state.release ?? null,
    unproven: access.state.unproven ?? null,
    unanswered: unansweredIn(access.state),
    releases: read.map(({ id, summary }) =>
      summary
        ? listed(summary, { access, by: rollbacks.filter(({ to }) => to === id).map((one) => one.id) })
        : { id, readable: false },
    ),
    next: older.length > limit ? page.at(-1)! : null,
  };
}

const unansweredIn = ({ unproven, unanswered }: StateAccess['state']): string | null =>
  unanswered && unanswered.release === unproven ? unanswered.text : null;

/** One release whole. */
export async function release(session: Powers, id: string): Promise<ReadableRelease & { record: ReleaseRecord }> {
  const { environment } = session;
  const access = await stateOf(session);
  const ids = await releaseIds(access.objects, environment.name);
  const chosen = chosenRelease(ids, id, environment.name);
  const record = (await readRelease(access.objects, environment.name, chosen))!;
  return { ...listed(record, { access, by: [] }), record };
}

/** The id that was meant: word for word, or by what only one begins or ends with. Throws `release-missing` (exit 2). */
export function chosenRelease(ids: readonly string[], asked: string, environment: string): string {
  if (ids.includes(asked)) return asked;
  const like = asked.length < 4 ? [] : ids.filter((id) => id.startsWith(asked) || id.endsWith(`-${asked}`));
  if (like.length === 1) return like[0]!;
  throw missing(asked, ids, like, environment);
}

function listed(summary: ReleaseSummary, { access, by }: { access: StateAccess; by: string[] }): ReadableRelease {
  const { id, commit, dirty, startedAt, finishedAt, principal, host, version, images, simulated } = summary;
  const { migration, rollback } = summary;
  return {
    id,
    readable: true,
    live: access.state.release === id,
    commit: commit ?? null,
    dirty: dirty ?? false,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    seconds: Math.round((finishedAt - startedAt) / 100) / 10,
    principal,
    host,
    version,
    images,
    sites: summary.sites ?? {},
    simulated,
    migration: migration ? { exitCode: migration.exitCode } : null,
    rollback: rollback ? { to: rollback.to, from: rollback.from, service: rollback.service ?? null } : null,
    rolledBackToBy: by,
    stacks: summary.stacks.map(({ id: stack, name, action, seconds }) => ({ id: stack, name, action, seconds })),
  };
}

/** More would not help to choose. */
const SHOWN = 5;

function missing(asked: string, ids: readonly string[], like: readonly string[], environment: string): PlatformError {
  const near = nearest(asked, ids.slice(-300));
  const newest = ids.slice(-SHOWN).reverse().join(', ');
  return new PlatformError({
    id: 'release-missing',
    kind: 'usage',
    message:
      like.length > 1
        ? `${JSON.stringify(asked)} could be any of ${like.join(', ')}`
        : `${environment} has no release ${JSON.stringify(asked)}`,
    remedy: near
      ? `it may be ${near}`
      : ids.length > 0
        ? `the newest are ${newest}; platform releases --env ${environment} lists all`
        : `nothing was released there yet: platform deploy --env ${environment}`,
  });
}
