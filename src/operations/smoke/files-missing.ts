import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';

type Powers = Pick<Session, 'aws' | 'environment'>;

/** Why a site has nothing to show, in words; undefined where its bucket holds something, or may not be looked at. */
export async function filesMissing(
  { aws, environment }: Powers,
  name: string,
  urls: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const site = environment.blocks.sites[name];
  if (!site || site.kind === 'next') return undefined;
  const shown = site.kind === 'media' ? `buckets.${site.bucket.split('.')[1]}.name` : `sites.${name}.bucket`;
  const bucket = urls[shown];
  if (bucket === undefined) return undefined;
  const isEmpty = await aws.s3Files.isEmpty(bucket).catch(() => false);
  if (!isEmpty) return undefined;
  return site.kind === 'media'
    ? `${site.bucket} holds nothing yet`
    : `none of its files is up yet: platform site deploy ${name} ${environmentFlags(environment)}`;
}
