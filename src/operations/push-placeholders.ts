import type { Session } from '../context.ts';
import { placeholderImage } from '../release/placeholder-image.ts';
import { componentsOf } from './find-images.ts';
import type { PreparedRelease } from './prepare-release.ts';

/** On the sandbox, gives every component without an image one that has nothing in it, so that a digest can be deployed. */
export async function pushPlaceholders(
  { aws }: Pick<Session, 'aws'>,
  { settings, images }: PreparedRelease,
): Promise<void> {
  for (const [component, { repository, architecture }] of componentsOf(settings)) {
    if (!images.placeholders.includes(component)) continue;
    const image = placeholderImage(architecture);
    if (await aws.ecr.image(repository, { digest: image.digest })) continue;
    await aws.ecr.push(repository, `placeholder-${architecture}`, image);
  }
}
