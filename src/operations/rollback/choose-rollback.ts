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
import { chosenRelease } from './releases.ts';

export interface RollbackChoice {
  access: StateAccess;
  /** The release that runs, as far as it was proven. */
  from: string;
  to: ReleaseRecord;
  /** The record of `from`; undefined when it cannot be read. */
  running: ReleaseRecord | undefined;
  /** The rollback that what runs comes from, where nobody said how far back to go: it has been done, and is not undone. */
  done: ReleaseSummary | undefined;
  /** Releases after `to`, newest first; those whose summary cannot be read are left out. */
  since: ReleaseSummary[];
}

/** Further back nobody looks without being told where. */
const LOOK_BACK = 100;

/**
 * Which release to go back to: the one asked for; else the last proven one, where a deployment began since and was not
 * proven; else the one before what runs last changed. Where that change was a rollback itself, the same command was typed
 * twice: it leads to the same release as before, never forward again to what somebody wanted to get away from.
 */
export async function chooseRollback(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  { to, service }: { to?: string; service?: string },
): Promise<RollbackChoice> {
  const { environment } = session;
  const access = await stateOf(session);
  const { release: live, unproven } = access.state;
  if (live === undefined) throw nothingReleased(environment.name);
  if (service !== undefined && to === undefined) {
    const running = await readSummary(access.objects, environment.name, live);
    if (running) checkService(running, service);
  }
  const ids = await releaseIds(access.objects, environment.name);
  const upTo = ids.slice(0, ids.indexOf(live) + 1);
  const scope = { ids: upTo, environment: environment.name, ...(service ? { service } : {}) };
  const found = to === undefined && unproven === undefined ? await before(access, scope) : undefined;
  const chosen =
    to !== undefined
      ? chosenRelease(ids, to, environment.name)
      : unproven !== undefined
        ? unprovenTarget(access.state, service)
        : found?.id;
  if (chosen === undefined) throw nothingBefore(environment.name, live, service);

  const record = await readRelease(access.objects, environment.name, chosen);
  if (!record) throw nothingBefore(environment.name, live, service);
  if (service !== undefined) checkService(record, service);
  const running = await readRelease(access.objects, environment.name, live).catch(() => undefined);
  const later = ids.filter((id) => id > chosen).slice(-LOOK_BACK);
  const summaries = await Promise.all(later.reverse().map((id) => readSummary(access.objects, environment.name, id)));
  return {
    access,
    from: live,
    to: record,
    running,
    done: found?.done,
    since: summaries.filter((summary) => summary !== undefined),
  };
}

/** A rollback that was cut off goes on to where it was going; a deployment that was is taken back. */
const unprovenTarget = ({ release, unprovenRollback }: StateAccess['state'], service: string | undefined) =>
  unprovenRollback && unprovenRollback.service === service ? unprovenRollback.to : release;

/**
 * The release before the newest one that changed anything, of the service where one is named; or where that one went,
 * if it was a rollback of as much or more.
 */
async function before(
  { objects }: StateAccess,
  { ids, environment, service }: { ids: readonly string[]; environment: string; service?: string },
): Promise<{ id: string; done?: ReleaseSummary } | undefined> {
  let newer: ReleaseSummary | undefined;
  for (const id of ids.slice(-LOOK_BACK).reverse()) {
    const summary = await readSummary(objects, environment, id);
    // What cannot be read cannot be deployed.
    if (!summary) continue;
    const changed = summary.stacks.some(
      (stack) => stack.action !== 'none' && (service === undefined || stack.id === `service-${service}`),
    );
    if (newer && (newer.changed || (service === undefined && hasOtherFiles(newer, summary))))
      return newer.rollback ? { id: newer.rollback.to, done: newer } : { id };
    if (changed && summary.rollback) return { id: summary.rollback.to, done: summary };
    newer = { ...summary, changed };
  }
  return undefined;
}

/** Whether visitors of a site got other files than with the release before. */
const hasOtherFiles = ({ sites: now = {} }: ReleaseSummary, { sites: before = {} }: ReleaseSummary): boolean =>
  Object.entries(now).some(([site, id]) => before[site] !== undefined && before[site] !== null && before[site] !== id);

/** Throws `rollback-service-unknown` when the release had no such service. */
function checkService({ id, stacks }: Pick<ReleaseSummary, 'id' | 'stacks'>, service: string): void {
  const names = stacks.flatMap((stack) => (stack.id.startsWith('service-') ? [stack.id.slice('service-'.length)] : []));
  if (names.includes(service)) return;
  const near = nearest(service, names);
  throw new PlatformError({
    id: 'rollback-service-unknown',
    kind: 'usage',
    message: `Release ${id} had no service ${JSON.stringify(service)}`,
    remedy: near ? `name ${near}` : names.length > 0 ? `name one of ${names.join(', ')}` : 'it had none at all',
  });
}

const nothingReleased = (environment: string) =>
  new PlatformError({
    id: 'rollback-nothing-released',
    kind: 'failed',
    message: `Nothing is deployed in ${environment}, so there is nothing to go back from`,
    remedy: `platform deploy --env ${environment}`,
  });

const nothingBefore = (environment: string, live: string, service: string | undefined) =>
  new PlatformError({
    id: 'rollback-nothing-before',
    kind: 'failed',
    message: `There is no release of ${service ? `${service} in ${environment}` : environment} before ${live}`,
    remedy: `platform releases --env ${environment} shows what there is; --to <release> goes back to any of them`,
  });
