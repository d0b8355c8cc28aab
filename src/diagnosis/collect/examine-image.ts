import type { ImageReference, StoredManifest } from '../../aws/ecr.ts';
import type { Session } from '../../context.ts';
import {
  type ImageConfig,
  type ImageFacts,
  imageFacts,
  listedFor,
  type Manifest,
  parseObject,
} from '../../domain/image-facts.ts';

/** What the registry says of an image, without pulling it; undefined when it is not there. */
export async function examineImage(
  { aws }: Pick<Session, 'aws'>,
  { repository, reference, platform }: { repository: string; reference: ImageReference; platform: string },
): Promise<ImageFacts | undefined> {
  const stored = await aws.ecr.manifest(repository, reference);
  if (!stored) return undefined;
  const { digest, mediaType } = stored;
  const top = manifestIn(stored);
  if (!top.manifests)
    return imageFacts({ digest, mediaType, manifest: top, ...(await configOf(aws, repository, top)) });
  const listed = listedFor(top, platform);
  const part = listed?.digest ? await aws.ecr.manifest(repository, { digest: listed.digest }) : undefined;
  if (!part) return imageFacts({ digest, mediaType, index: top });
  const manifest = manifestIn(part);
  return imageFacts({ digest, mediaType, index: top, manifest, ...(await configOf(aws, repository, manifest)) });
}

const manifestIn = ({ text }: StoredManifest): Manifest => parseObject<Manifest>(text);

async function configOf(
  { ecr }: Session['aws'],
  repository: string,
  { config }: Manifest,
): Promise<{ config?: ImageConfig }> {
  const bytes = config?.digest ? await ecr.layer(repository, config.digest) : undefined;
  return bytes ? { config: parseObject<ImageConfig>(bytes.toString('utf8')) } : {};
}
