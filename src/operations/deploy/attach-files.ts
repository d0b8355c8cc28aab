import type { Session } from '../../context.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Intention } from '../../release/intention.ts';
import { readSiteReleases } from '../../release/site-release.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import type { EnvironmentLock } from '../locks/hold-lock.ts';
import { planSiteRestore, type SiteRestore } from '../sites/site-restore.ts';
import type { StateAccess } from '../state-of.ts';

/** What of the files of a deployment that was cut off is not up yet. */
export interface RemainingFiles {
  /** Kept, so that they can be brought up from here. */
  restore: SiteRestore;
  /** Nobody has built them, or they were not laid aside before it was cut off. */
  problems: Problem[];
}

/** Only reads. */
export async function remainingFiles(
  session: Session,
  access: StateAccess,
  { intention, outputsOf, again }: { intention: Intention; outputsOf: OutputsOf; again: string },
): Promise<RemainingFiles> {
  const { sites = {}, startedAt } = intention;
  const { restore, notKept } = await planSiteRestore(session, access, { sites, outputsOf });
  const late = await Promise.all(
    Object.entries(sites).map(async ([site, id]) => {
      if (id !== null) return [];
      const { live, begun } = await readSiteReleases(access.objects, session.environment.name, site);
      return live && live.at >= startedAt && !begun ? [] : [site];
    }),
  );
  const problems = [...notKept, ...late.flat()].map((site) => ({
    rule: 'unfinished',
    severity: 'error' as const,
    path: `sites.${site}`,
    message: `the files of sites.${site} were not brought up, and are not kept where they could be taken from`,
    remedy: again,
  }));
  return { restore, problems };
}

/** Brings up what the deployment did not come to, as it was built for it. */
export async function bringUpRemaining(
  lock: EnvironmentLock,
  restore: SiteRestore,
  outputsOf: OutputsOf,
): Promise<void> {
  if (!restore.isNeeded) return;
  await lock.take();
  await restore.last(outputsOf, lock);
}
