import type { Project } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { readSite } from '../../process/read-site.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import type { Asked } from '../smoke/smoke.ts';
import type { StateAccess } from '../state-of.ts';
import { askSites } from './ask-sites.ts';
import { type ChosenSite, chooseSites, placeOf } from './choose-sites.ts';
import { keepFiles } from './keep-files.ts';
import { buildSite } from './site-build.ts';
import { builtFolder, filesOf } from './site-files.ts';
import { sourceOf } from './site-source.ts';
import { planUpload, settleUpload, uploadFiles } from './site-upload.ts';

export interface SiteDeployInput {
  names: readonly string[];
  /** False: upload what the last build has left. */
  build: boolean;
  /** False: do not wait until no edge has the old pages any more. */
  wait: boolean;
  commit?: string;
}

/** The contract of `site deploy --json`. */
export interface SiteDeployOutcome {
  environment: string;
  sites: DeployedSite[];
  /** What visitors are answered now; null where nobody was asked. */
  smoke: Asked | null;
  dryRun: boolean;
}

export interface DeployedSite {
  name: string;
  url: string;
  /** Null where nothing was changed. */
  release: string | null;
  uploaded: string[];
  unchanged: number;
  /** Of a release that nobody looks at any more. */
  removed: string[];
  /** Bytes uploaded. */
  bytes: number;
  /** Id of CloudFront's; null where no page has changed. */
  invalidation: string | null;
  /** What the files are of; `--dry-run` builds nothing, and there may be no earlier build to look at. */
  filesOf: 'this build' | 'the last build' | 'no build';
}

/**
 * Builds sites and brings them up: assets first, pages last, so that no page names what is not there; then the edges
 * forget the old pages. Files of the release before stay for those who have a page open (F-118). Running it again goes on
 * where it was cut off: what is there already is not uploaded twice.
 */
export async function siteDeploy(
  session: Session,
  project: Pick<Project, 'root' | 'gitRoot'>,
  { names, build, wait, commit }: SiteDeployInput,
): Promise<SiteDeployOutcome> {
  const { environment, flags, prompter, target } = session;
  const { sites: chosen, access } = await chooseSites(session, names, { builds: build });
  const served = chosen.filter(({ site }) => site.kind === 'next');
  const sites = chosen.filter((one) => !served.includes(one));
  if (served.length > 0 && (names.length > 0 || sites.length === 0)) throw servedSite(served[0]!.name, environment);
  for (const site of sites) placeOf(site, environment);
  const lock = await lazyLock(session, { command: 'site deploy', ...(commit ? { commit } : {}) });
  try {
    await prompter.ask({
      text: `Bring ${sites.map(({ name }) => name).join(', ')} up in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account})?`,
    });
    const deployed: DeployedSite[] = [];
    for (const site of sites) {
      if (build && !flags.dryRun) await buildSite(session, project, site);
      deployed.push(
        await bringUp(session, project, { site, access, lock, build, wait, ...(commit ? { commit } : {}) }),
      );
    }
    // Before the edges have forgotten the old pages, an answer says nothing about the new ones.
    const asks = wait && !flags.dryRun;
    const smoke = asks
      ? await askSites(
          session,
          deployed.map(({ name }) => name),
        )
      : null;
    return { environment: environment.name, sites: deployed, smoke, dryRun: flags.dryRun };
  } finally {
    await lock.release();
  }
}

interface BringUpInput extends Pick<SiteDeployInput, 'build' | 'wait' | 'commit'> {
  site: ChosenSite;
  access: StateAccess;
  lock: EnvironmentLock;
}

async function bringUp(
  session: Session,
  project: Pick<Project, 'root' | 'gitRoot'>,
  { site, access, lock, build, wait, commit }: BringUpInput,
): Promise<DeployedSite> {
  const { environment, flags } = session;
  const { bucket, distribution, url } = placeOf(site, environment);
  const unbuilt = flags.dryRun && build;
  if (unbuilt && !(await readSite(builtFolder(project, site)))) return { ...NOTHING, name: site.name, url };
  const files = await filesOf(project, site);
  const source = build ? await sourceOf(project, site) : undefined;
  const planned = await planUpload(session, access, {
    site: site.name,
    bucket,
    files,
    ...(commit ? { commit } : {}),
    ...(source ? { source } : {}),
  });
  const { changed, unchanged, removed, isSame, release } = planned;
  const outcome = {
    name: site.name,
    url,
    filesOf: build && !unbuilt ? ('this build' as const) : ('the last build' as const),
    uploaded: changed.map(({ key }) => key),
    unchanged,
    removed,
    bytes: changed.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  if (isSame || flags.dryRun) return { ...outcome, release: null, invalidation: null };

  await lock.take();
  await keepFiles(session, access, { site: site.name, release, files });
  await uploadFiles(session, access, planned, lock);
  const invalidation = await settleUpload(session, access, planned, { distribution, wait });
  return { ...outcome, release: release.id, invalidation };
}

const NOTHING = {
  uploaded: [],
  unchanged: 0,
  removed: [],
  bytes: 0,
  release: null,
  invalidation: null,
  filesOf: 'no build' as const,
};

const servedSite = (name: string, environment: Session['environment']) =>
  new PlatformError({
    id: 'site-served',
    kind: 'usage',
    message: `sites.${name} has servers, which must not run without their files, nor the files without them`,
    remedy: `platform deploy ${environmentFlags(environment)} brings up both, in the order in which nobody misses anything`,
  });
