import { z } from 'zod';
import type { FileRole } from '../domain/site-files.ts';
import { siteRelease } from './site-release.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

const keptFile = z.object({
  key: z.string(),
  /** Of its content, and so its name where it is kept. */
  md5: z.string(),
  bytes: z.number(),
  role: z.enum(['immutable', 'cache', 'file', 'page'] satisfies FileRole[]),
});

/** What the files of a release are, so that they can be brought up again without the sources that they were built of. */
const keptRelease = z.object({ release: siteRelease, files: z.array(keptFile) });
export type KeptRelease = z.infer<typeof keptRelease>;

interface Place {
  environment: string;
  site: string;
}

const folderOf = ({ environment, site }: Place) => `environments/${environment}/sites/${site}/`;
const keyOf = (place: Place, id: string) => `${folderOf(place)}releases/${id}.json`;

/** Where content is kept, once however many releases have it. */
export const contentKey = (place: Place, md5: string): string => `${folderOf(place)}files/${md5}`;

/** Digests of the contents that are kept. */
export async function keptContents(objects: ObjectStore, place: Place): Promise<Set<string>> {
  const prefix = contentKey(place, '');
  return new Set((await objects.list(prefix)).map((key) => key.slice(prefix.length)));
}

/** Ids of the releases whose files are kept, oldest first. */
export async function keptReleases(objects: ObjectStore, place: Place): Promise<string[]> {
  const prefix = `${folderOf(place)}releases/`;
  return (await objects.list(prefix)).map((key) => key.slice(prefix.length, -'.json'.length));
}

/** Undefined when the files of the release are not kept, or no longer. */
export async function readKept(objects: ObjectStore, place: Place, id: string): Promise<KeptRelease | undefined> {
  const key = keyOf(place, id);
  const found = await objects.get(key);
  return found && storedIn(keptRelease, found.body, { objects, key });
}

/** Only when all of its contents are there. */
export const writeKept = (objects: ObjectStore, place: Place, kept: KeptRelease): Promise<void> =>
  objects.put(keyOf(place, kept.release.id), JSON.stringify(kept));

/** The keys of what no release that is to be kept needs. */
export function outlived(
  place: Place,
  {
    contents,
    releases,
    kept,
  }: { contents: Iterable<string>; releases: readonly string[]; kept: readonly KeptRelease[] },
): string[] {
  const ids = new Set(kept.map(({ release }) => release.id));
  const needed = new Set(kept.flatMap(({ files }) => files.map(({ md5 }) => md5)));
  return [
    ...releases.filter((id) => !ids.has(id)).map((id) => keyOf(place, id)),
    ...[...contents].filter((md5) => !needed.has(md5)).map((md5) => contentKey(place, md5)),
  ];
}
