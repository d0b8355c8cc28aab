import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { contentTypeOf } from '../../domain/site-files.ts';
import { contentOf } from '../../process/read-site.ts';
import { contentKey, keptContents, keptReleases, outlived, readKept, writeKept } from '../../release/kept-files.ts';
import type { SiteRelease } from '../../release/site-release.ts';
import type { StateAccess } from '../state-of.ts';
import type { Uploadable } from './site-files.ts';

/** Releases of a site whose files can be brought back. */
const KEPT = 10;
const AT_A_TIME = 8;

type Powers = Pick<Session, 'aws' | 'environment' | 'reporter' | 'signal'>;

/**
 * Lays the files of a release aside in the bucket of the state, before any of them is shown: an upload that is cut off can
 * be ended from any machine, and the release brought back after others have overwritten its pages. Each content once.
 */
export async function keepFiles(
  { aws, environment, reporter, signal }: Powers,
  { bucket, objects }: Pick<StateAccess, 'bucket' | 'objects'>,
  { site, release, files }: { site: string; release: SiteRelease; files: readonly Uploadable[] },
): Promise<void> {
  const place = { environment: environment.name, site };
  const there = await keptContents(objects, place);
  const missing = [...new Map(files.map((file) => [file.md5, file])).values()].filter(({ md5 }) => !there.has(md5));
  if (missing.length > 0)
    await reporter.step(`Keeping the files of ${site} for the way back`, async (update) => {
      let done = 0;
      await fewAtATime(
        missing,
        async (file) => {
          signal.throwIfAborted();
          if ('kept' in file) throw new Error(`${file.key} is not kept any more`);
          await aws.s3Files.put(bucket, {
            key: contentKey(place, file.md5),
            body: await contentOf(file),
            contentType: contentTypeOf(file.key),
            cacheControl: 'no-store',
          });
          done += 1;
          update(`${done}/${missing.length} files`);
        },
        AT_A_TIME,
      );
    });
  const kept = files.map(({ key, md5, bytes, role }) => ({ key, md5, bytes, role }));
  await writeKept(objects, place, { release, files: kept });
}

/** Forgets what is too old to go back to; never what visitors get. */
export async function forgetOldFiles(
  { aws, environment }: Pick<Powers, 'aws' | 'environment'>,
  { bucket, objects }: Pick<StateAccess, 'bucket' | 'objects'>,
  { site, live }: { site: string; live: readonly string[] },
): Promise<void> {
  const place = { environment: environment.name, site };
  const releases = await keptReleases(objects, place);
  const wanted = new Set([...releases.slice(-KEPT), ...live]);
  if (releases.every((id) => wanted.has(id))) return;
  const read = await Promise.all(releases.filter((id) => wanted.has(id)).map((id) => readKept(objects, place, id)));
  const kept = read.filter((one) => one !== undefined);
  const contents = await keptContents(objects, place);
  await fewAtATime(
    outlived(place, { contents, releases, kept }),
    async (key) => void (await aws.s3.deleteObject(bucket, key)),
    AT_A_TIME,
  );
}
