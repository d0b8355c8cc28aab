import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { CACHE_CONTROL, contentTypeOf, inUploadOrder } from '../../domain/site-files.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { contentOf } from '../../process/read-site.ts';
import { newReleaseId } from '../../release/release-record.ts';
import {
  readSiteReleases,
  type SiteRelease,
  type SiteReleases,
  superseded,
  writeSiteReleases,
} from '../../release/site-release.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import type { StateAccess } from '../state-of.ts';
import { waitFor } from '../wait-for.ts';
import { forgetOldFiles } from './keep-files.ts';
import type { Uploadable } from './site-files.ts';

/** Files at a time. */
const UPLOADS = 8;
const INVALIDATION_MS = 15 * 60_000;

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

export interface PlannedUpload {
  site: string;
  bucket: string;
  changed: Uploadable[];
  unchanged: number;
  /** Of a release that nobody looks at any more. */
  removed: string[];
  /** Nothing is to be done. */
  isSame: boolean;
  release: SiteRelease;
  previous: SiteRelease | undefined;
  releases: SiteReleases;
  /** What CloudFront is to know this time by: a release can be brought up more than once. */
  reference: string;
}

export interface UploadInput {
  site: string;
  bucket: string;
  files: readonly Uploadable[];
  /** One that is there already; absent: a new one. */
  release?: SiteRelease;
  commit?: string;
  /** What the files were built of. */
  source?: string;
}

export const newSiteRelease = ({
  at,
  files,
  commit,
  source,
}: Pick<UploadInput, 'files'> & {
  at: number;
  commit?: string | undefined;
  source?: string | undefined;
}): SiteRelease => ({
  id: newReleaseId(at),
  at,
  ...(commit ? { commit } : {}),
  ...(source ? { source } : {}),
  files: files.map(({ key }) => key),
});

/** What differs between a bucket and the files that are to lie in it. Only reads. */
export async function planUpload(
  { aws, clock, environment }: Powers,
  { objects }: Pick<StateAccess, 'objects'>,
  { site, bucket, files, commit, source, ...given }: UploadInput,
): Promise<PlannedUpload> {
  const there = await aws.s3Files.etags(bucket);
  // What servers keep is theirs once it is there: they write it anew, under the name of its build.
  const changed = files.filter(({ key, md5, role }) => (role === 'cache' ? !there.has(key) : there.get(key) !== md5));
  const releases = await readSiteReleases(objects, environment.name, site);
  const release = given.release ?? newSiteRelease({ at: clock.now(), files, commit, source });
  const isOf = sameFiles(releases.live, release);
  const isSame = changed.length === 0 && isOf && !releases.begun;
  const previous = isOf ? releases.previous : releases.live;
  const removed = isSame ? [] : superseded(releases, [release, previous]).filter((key) => there.has(key));
  const unchanged = files.length - changed.length;
  // Under the same words CloudFront answers with what it has done already.
  const reference = given.release && !releases.begun ? newReleaseId(clock.now()) : release.id;
  return { site, bucket, changed, unchanged, removed, isSame, release, previous, releases, reference };
}

/** Brings the files up, assets first and pages last, so that no page names what is not there (F-118). */
export async function uploadFiles(
  { aws, environment, reporter, signal }: Powers,
  { bucket: stateBucket, objects }: Pick<StateAccess, 'bucket' | 'objects'>,
  { site, bucket, changed, releases, release }: PlannedUpload,
  lock: Pick<HeldLock, 'check'>,
): Promise<void> {
  await writeSiteReleases(objects, { environment: environment.name, site }, { ...releases, begun: release });
  await reporter.step(`Uploading ${site}`, async (update) => {
    let done = 0;
    for (const group of inUploadOrder(changed)) {
      lock.check();
      await fewAtATime(
        group,
        async (file) => {
          signal.throwIfAborted();
          const { key, role } = file;
          const shown = { key, contentType: contentTypeOf(key), cacheControl: CACHE_CONTROL[role] };
          if ('kept' in file) await aws.s3Files.copy({ bucket: stateBucket, key: file.kept }, bucket, shown);
          else await aws.s3Files.put(bucket, { ...shown, body: await contentOf(file) });
          done += 1;
          update(`${done}/${changed.length} files`);
        },
        UPLOADS,
      );
    }
  });
}

/**
 * Makes the edges forget the old pages, takes away what nobody looks at any more, and writes the release down. Answers
 * with CloudFront's id of the first; null where no page has changed.
 */
export async function settleUpload(
  { aws, clock, environment, reporter, signal, target }: Powers,
  { bucket: stateBucket, objects }: Pick<StateAccess, 'bucket' | 'objects'>,
  { site, bucket, changed, removed, releases, release, previous, reference }: PlannedUpload,
  { distribution, wait }: { distribution: string; wait: boolean },
): Promise<string | null> {
  // An asset with a hash in its name was never there before: no edge has an old one.
  // Where one was cut off, nobody knows whether the edges were told.
  const stale = changed.some(({ role }) => role !== 'immutable') || removed.length > 0 || releases.begun !== undefined;
  const invalidation = stale ? await aws.cloudFront.invalidate(distribution, { paths: ['/*'], reference }) : null;
  if (invalidation && wait) {
    const completed = await reporter.step(`Making the edges forget the old pages of ${site}`, () =>
      waitFor({ clock, everyMs: target.pollMs, forMs: INVALIDATION_MS, signal }, async () =>
        (await aws.cloudFront.invalidation(distribution, invalidation))?.Status === 'Completed' ? true : undefined,
      ),
    );
    if (!completed) throw stillInvalidating(site, invalidation);
  }
  for (const key of removed) await aws.s3.deleteObject(bucket, key);
  const place = { environment: environment.name, site };
  await writeSiteReleases(objects, place, { live: release, ...(previous ? { previous } : {}) });
  const access = { bucket: stateBucket, objects };
  await forgetOldFiles({ aws, environment }, access, { site, live: [release.id, ...(previous ? [previous.id] : [])] });
  return invalidation;
}

const sameFiles = (live: SiteRelease | undefined, next: SiteRelease): boolean =>
  live !== undefined && live.files.length === next.files.length && live.files.every((key) => next.files.includes(key));

const stillInvalidating = (site: string, id: string) =>
  new PlatformError({
    id: 'site-invalidating',
    kind: 'pending',
    message: `The files of ${site} are up; some edges still have its old pages (invalidation ${id})`,
    remedy: 'it goes on by itself; the same command again waits for it',
  });
