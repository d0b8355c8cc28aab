import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { Session } from '../../context.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { registryHost } from './find-images.ts';
import type { PlannedBuild } from './planned-build.ts';
import type { PushedImage } from './pushed-image.ts';

/**
 * Images of these sources that the registry has already, for the right platform; their tag is added where it is not on
 * them yet. A tag that a person chose says nothing of the sources, so only what it is made of finds such an image.
 */
export async function provideByContent(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  builds: readonly PlannedBuild[],
  { write }: { write: boolean },
): Promise<PushedImage[]> {
  const found = await Promise.all(
    builds.map(async (build): Promise<PushedImage | undefined> => {
      const { component, repository, tag, contentTag, chosenTag, architecture } = build;
      const image =
        (chosenTag ? undefined : await aws.ecr.image(repository, { tag })) ??
        (await aws.ecr.image(repository, { tag: contentTag }));
      if (!image) return undefined;
      const platform = `linux/${architecture}` as const;
      const digest = image.imageDigest!;
      const facts = await examineImage({ aws }, { repository, reference: { digest }, platform });
      if (!facts?.platforms.includes(platform)) return undefined;
      if (write) await addTags({ aws }, build, image);
      const name = `${registryHost(target)}/${repository}@${digest}`;
      return { component, repository, tag, digest, platform, image: name, reused: true };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/**
 * All names of an image. The one made of its content finds it again; `latest` is for people, and goes along where it
 * may move.
 */
export async function addTags(
  { aws }: Pick<Session, 'aws'>,
  { component, repository, tag, contentTag }: PlannedBuild,
  { imageDigest, imageTags = [] }: Pick<ImageDetail, 'imageDigest' | 'imageTags'>,
): Promise<void> {
  const missing = [...new Set([tag, contentTag, 'latest'])].filter((name) => !imageTags.includes(name));
  if (missing.length === 0) return;
  const manifest = await aws.ecr.manifest(repository, { digest: imageDigest! });
  if (!manifest) return;
  for (const name of missing) {
    const done = await aws.ecr.tag(repository, manifest, name);
    if (!done && name === tag) throw tagImmutable(`the image of ${component} as ${tag} in ${repository}`);
  }
}

export const tagImmutable = (what: string) =>
  new PlatformError({
    id: 'image-tag-immutable',
    kind: 'failed',
    message: `The registry did not take ${what}: the tag names another image, and tags of this repository do not move (F-39)`,
    remedy: 'commit, or give it another tag with --tag <tag>',
  });
