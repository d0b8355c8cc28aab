import { type EcrImage, ecrImageOf } from '../../domain/ecr-image.ts';
import type { ImageFacts } from '../../domain/image-facts.ts';
import { type Look, look } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';
import { examineImage } from './examine-image.ts';

export interface ImageSeen {
  /** As the task definition names it. */
  image: string;
  /** Undefined: it is not in the account's own registry, of which alone we can ask. */
  place: EcrImage | undefined;
  repository: Look<true>;
  facts: Look<ImageFacts>;
}

/** What the registry says of an image, without pulling it: two to four calls. */
export async function imageSeen(powers: LookPowers, image: string, platform: string): Promise<ImageSeen> {
  const found = ecrImageOf(image);
  // Of the registry of another account nothing can be said: its owner may let tasks pull and us not look.
  const place = found?.account === powers.aws.account ? found : undefined;
  if (!place) return { image, place, repository: { state: 'absent' }, facts: { state: 'absent' } };
  const { repository, region, reference } = place;
  const aws = powers.aws.in(region);
  const [there, facts] = await Promise.all([
    look(powers, { what: `repository ${repository}`, call: 'ecr:DescribeRepositories' }, async () =>
      (await aws.ecr.repository(repository)) ? (true as const) : undefined,
    ),
    look(powers, { what: `image ${image}`, call: 'ecr:BatchGetImage' }, () =>
      examineImage({ aws }, { repository, reference, platform }),
    ),
  ]);
  return { image, place, repository: there, facts };
}
