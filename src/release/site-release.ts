import { z } from 'zod';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

export const siteRelease = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  commit: z.string().optional(),
  /** What its files were built of. */
  source: z.string().optional(),
  files: z.array(z.string()),
});

const siteReleases = z.object({
  /** What visitors get. */
  live: siteRelease.optional(),
  /** Its files stay: a page that is open asks for them (F-118). */
  previous: siteRelease.optional(),
  /** One that was begun: its files may be there, and nobody may take them for leftovers. */
  begun: siteRelease.optional(),
});
export type SiteRelease = z.infer<typeof siteRelease>;
export type SiteReleases = z.infer<typeof siteReleases>;

const keyOf = (environment: string, site: string) => `environments/${environment}/sites/${site}.json`;

export async function readSiteReleases(objects: ObjectStore, environment: string, site: string): Promise<SiteReleases> {
  const key = keyOf(environment, site);
  const found = await objects.get(key);
  return found ? storedIn(siteReleases, found.body, { objects, key }) : {};
}

/** Only under the lock of the environment. */
export const writeSiteReleases = (
  objects: ObjectStore,
  { environment, site }: { environment: string; site: string },
  releases: SiteReleases,
): Promise<void> => objects.put(keyOf(environment, site), JSON.stringify(releases));

/** What belongs to no release that anybody may still look at. Files that we did not write are none of ours. */
export function superseded(
  { live, previous, begun }: SiteReleases,
  kept: readonly (Pick<SiteRelease, 'files'> | undefined)[],
): string[] {
  const wanted = new Set(kept.flatMap((release) => release?.files ?? []));
  const ours = new Set([previous, live, begun].flatMap((release) => release?.files ?? []));
  return [...ours].filter((key) => !wanted.has(key));
}
