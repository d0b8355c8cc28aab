import type { Session } from '../context.ts';
import { examineImage } from './examine-image.ts';
import { type PlannedBuild, registryHost } from './find-images.ts';
import type { PushedImage } from './push-images.ts';

/** Images that the registry has, by their tag or by what they are made of; the tag is added where it is not there. */
export async function provideByContent(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  builds: readonly PlannedBuild[],
  { write }: { write: boolean },
): Promise<PushedImage[]> {
  const found = await Promise.all(
    builds.map(async (build): Promise<PushedImage | undefined> => {
      const { component, repository, tag, contentTag, architecture } = build;
      const image =
        (await aws.ecr.image(repository, { tag })) ?? (await aws.ecr.image(repository, { tag: contentTag }));
      if (!image) return undefined;
      const platform = `linux/${architecture}` as const;
      const facts = await examineImage({ aws }, { repository, reference: { digest: image.imageDigest! }, platform });
      if (!facts?.platforms.includes(platform)) return undefined;
      const digest = image.imageDigest!;
      const manifest = write ? await aws.ecr.manifest(repository, { digest }) : undefined;
      for (const name of manifest ? [tag, 'latest'] : [])
        if (!image.imageTags?.includes(name)) await aws.ecr.tag(repository, manifest!, name);
      return {
        component,
        repository,
        tag,
        digest,
        platform,
        image: `${registryHost(target)}/${repository}@${digest}`,
        reused: true,
      };
    }),
  );
  return found.filter((one) => one !== undefined);
}
