import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { projectPath } from '../config/project-path.ts';
import type { Session } from '../context.ts';
import { fewAtATime } from '../domain/few-at-a-time.ts';
import {
  CACHE_CONTROL,
  contentTypeOf,
  type FileRole,
  inUploadOrder,
  isPrivateFile,
  roleOf,
} from '../domain/site-files.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { contentOf, readSite, type SiteFile } from '../process/read-site.ts';
import { newReleaseId } from '../release/release-record.ts';
import { readSiteReleases, type SiteRelease, superseded, writeSiteReleases } from '../release/site-release.ts';
import { type ChosenSite, chooseSites, placeOf } from './choose-sites.ts';
import { type EnvironmentLock, lazyLock } from './hold-lock.ts';
import { buildSite } from './site-build.ts';
import type { StateAccess } from './state-of.ts';
import { waitFor } from './wait-for.ts';

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
}

/** Files at a time. */
const UPLOADS = 8;
const INVALIDATION_MS = 15 * 60_000;

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
  const { sites, access } = await chooseSites(session, names, { builds: build });
  for (const site of sites) placeOf(site, environment);
  const lock = await lazyLock(session, { command: 'site deploy', ...(commit ? { commit } : {}) });
  try {
    await prompter.ask({
      text: `Bring ${sites.map(({ name }) => name).join(', ')} up in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account})?`,
    });
    const deployed: DeployedSite[] = [];
    for (const site of sites) {
      const folder =
        build && !flags.dryRun
          ? (await buildSite(session, project, site)).folder
          : join(projectPath(project, site.site.dir), site.site.output);
      deployed.push(await bringUp(session, { site, folder, access, lock, wait, ...(commit ? { commit } : {}) }));
    }
    return { environment: environment.name, sites: deployed, dryRun: flags.dryRun };
  } finally {
    await lock.release();
  }
}

interface BringUpInput extends Pick<SiteDeployInput, 'wait' | 'commit'> {
  site: ChosenSite;
  folder: string;
  access: StateAccess;
  lock: EnvironmentLock;
}

type Uploadable = SiteFile & { role: FileRole };

async function bringUp(
  session: Session,
  { site, folder, access, lock, wait, commit }: BringUpInput,
): Promise<DeployedSite> {
  const { aws, clock, environment, flags, reporter, signal, target } = session;
  const { bucket, distribution, url } = placeOf(site, environment);
  const files = await filesOf(site, folder);
  const there = await aws.s3Files.etags(bucket);
  const changed = files.filter(({ key, md5 }) => there.get(key) !== md5);
  const place = { environment: environment.name, site: site.name };
  const releases = await readSiteReleases(access.objects, environment.name, site.name);
  const release: SiteRelease = {
    id: newReleaseId(clock.now()),
    at: clock.now(),
    ...(commit ? { commit } : {}),
    files: files.map(({ key }) => key),
  };
  const isSame = changed.length === 0 && sameFiles(releases.live, release) && !releases.begun;
  const previous = sameFiles(releases.live, release) ? releases.previous : releases.live;
  const removed = isSame ? [] : superseded(releases, [release, previous]).filter((key) => there.has(key));
  const outcome = {
    name: site.name,
    url,
    uploaded: changed.map(({ key }) => key),
    unchanged: files.length - changed.length,
    removed,
    bytes: changed.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  if (isSame || flags.dryRun) return { ...outcome, release: null, invalidation: null };

  await lock.take();
  await writeSiteReleases(access.objects, place, { ...releases, begun: release });
  await reporter.step(`Uploading ${site.name}`, async (update) => {
    let done = 0;
    for (const group of inUploadOrder(changed)) {
      lock.check();
      await fewAtATime(
        group,
        async (file) => {
          signal.throwIfAborted();
          await aws.s3Files.put(bucket, {
            key: file.key,
            body: await contentOf(file),
            contentType: contentTypeOf(file.key),
            cacheControl: CACHE_CONTROL[file.role],
          });
          done += 1;
          update(`${done}/${changed.length} files`);
        },
        UPLOADS,
      );
    }
  });
  // An asset with a hash in its name was never there before: no edge has an old one.
  // Where one was cut off, nobody knows whether the edges were told.
  const stale = changed.some(({ role }) => role !== 'immutable') || removed.length > 0 || releases.begun !== undefined;
  const invalidation = stale
    ? await aws.cloudFront.invalidate(distribution, { paths: ['/*'], reference: release.id })
    : null;
  if (invalidation && wait) {
    const completed = await reporter.step(`Making the edges forget the old pages of ${site.name}`, () =>
      waitFor({ clock, everyMs: target.pollMs, forMs: INVALIDATION_MS, signal }, async () =>
        (await aws.cloudFront.invalidation(distribution, invalidation))?.Status === 'Completed' ? true : undefined,
      ),
    );
    if (!completed) throw stillInvalidating(site.name, invalidation);
  }
  for (const key of removed) await aws.s3.deleteObject(bucket, key);
  await writeSiteReleases(access.objects, place, { live: release, ...(previous ? { previous } : {}) });
  return { ...outcome, release: release.id, invalidation };
}

async function filesOf({ name, site }: ChosenSite, folder: string): Promise<Uploadable[]> {
  const files = await readSite(folder);
  const shown = `${site.dir}/${site.output}`;
  if (!files?.some(({ key }) => key === 'index.html')) throw outputMissing(name, shown, files !== undefined);
  const secret = files.find(({ key }) => isPrivateFile(key));
  if (secret) throw filePrivate(name, `${shown}/${secret.key}`);
  return files.map((file) => ({ ...file, role: roleOf(file.key) }));
}

const sameFiles = (live: SiteRelease | undefined, next: SiteRelease): boolean =>
  live !== undefined && live.files.length === next.files.length && live.files.every((key) => next.files.includes(key));

const outputMissing = (site: string, folder: string, exists: boolean) =>
  new PlatformError({
    id: 'site-output-missing',
    kind: 'failed',
    message: exists
      ? `${folder} of sites.${site} has no index.html`
      : `The build of sites.${site} left no folder ${folder}`,
    remedy: `set sites.${site}.output to the folder that the build writes, or run platform site build ${site} to see what it says`,
  });

const filePrivate = (site: string, path: string) =>
  new PlatformError({
    id: 'site-file-private',
    kind: 'failed',
    message: `${path} would be readable by everybody: files that begin with a dot are no part of sites.${site}`,
    remedy: 'keep it out of the folder that the build writes; .well-known is the one exception',
  });

const stillInvalidating = (site: string, id: string) =>
  new PlatformError({
    id: 'site-invalidating',
    kind: 'pending',
    message: `The files of ${site} are up; some edges still have its old pages (invalidation ${id})`,
    remedy: 'it goes on by itself; the same command again waits for it',
  });
