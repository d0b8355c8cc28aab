import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { Session } from '../../context.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import type { ComponentImage } from '../../release/component-images.ts';
import { chooseComponents, newestRelease } from './choose-components.ts';

export interface ListedImage {
  service: string;
  repository: string;
  digest: string;
  /** Of an index, one after the other. */
  platform: string;
  tags: string[];
  pushedAt: string | null;
  bytes: number;
  /** The newest release runs it. */
  released: boolean;
}

/** The contract of `image list --json`. */
export interface ImageListOutcome {
  images: ListedImage[];
}

/** Images with a tag, and those of the newest release; the newest come first. */
export async function imageList(
  session: Session,
  { names, limit }: { names: readonly string[]; limit: number },
): Promise<ImageListOutcome> {
  const { components } = chooseComponents(session.environment, names);
  const released = await newestRelease(session);
  const listed = await Promise.all(
    components.map(async (image) => {
      const runs = released?.images[image.component]?.split('@')[1];
      const all = (await session.aws.ecr.images(image.repository))
        .filter(({ imageTags, imageDigest }) => (imageTags ?? []).length > 0 || imageDigest === runs)
        .sort((a, b) => (b.imagePushedAt?.getTime() ?? 0) - (a.imagePushedAt?.getTime() ?? 0));
      return Promise.all(all.slice(0, limit).map((detail) => listedImage(session, image, detail, runs)));
    }),
  );
  return { images: listed.flat() };
}

async function listedImage(
  session: Session,
  { component, repository, architecture }: ComponentImage,
  { imageDigest, imageTags = [], imagePushedAt, imageSizeInBytes = 0 }: ImageDetail,
  runs: string | undefined,
): Promise<ListedImage> {
  const digest = imageDigest!;
  const facts = await examineImage(session, {
    repository,
    reference: { digest },
    platform: `linux/${architecture}`,
  });
  return {
    service: component,
    repository,
    digest,
    platform: facts?.platforms.join(', ') ?? 'unknown',
    tags: [...imageTags].sort(),
    pushedAt: imagePushedAt?.toISOString() ?? null,
    bytes: imageSizeInBytes,
    released: digest === runs,
  };
}
