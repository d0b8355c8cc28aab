import type { AppSettings } from '../../infra/settings.ts';
import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { placeholderImage } from '../release/placeholder-image.ts';

export interface FoundImages {
  /** `<registry>/<repository>@sha256:…` by component. */
  images: Record<string, string>;
  /** Components whose image is a placeholder: only on the sandbox. */
  placeholders: string[];
  /** Components without an image, and the repository that was looked at. */
  missing: { component: string; repository: string; asked?: string }[];
}

export interface ImageChoice {
  /** `--image <component>=<tag or digest>`. */
  chosen: Readonly<Record<string, string>>;
  /** The checked-out commit. */
  commit?: string;
  /** What runs now, from the newest release. */
  released: Readonly<Record<string, string>>;
}

/**
 * The image of every component: the one asked for, else the one tagged with the checked-out commit, else the one that
 * runs now. On the sandbox an image that nobody pushed is a placeholder.
 */
export async function findImages(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  settings: AppSettings,
  { chosen, commit, released }: ImageChoice,
): Promise<FoundImages> {
  const names = componentsOf(settings).map(([name]) => name);
  const stranger = Object.keys(chosen).find((name) => !names.includes(name));
  if (stranger) throw noSuchComponent(stranger, names);
  const found: FoundImages = { images: {}, placeholders: [], missing: [] };
  const registry = `${target.account}.dkr.ecr.${target.region}.amazonaws.com`;
  await Promise.all(
    componentsOf(settings).map(async ([component, { repository, architecture }]) => {
      const references = [chosen[component], ...(chosen[component] ? [] : [commit])].filter((one) => one !== undefined);
      for (const reference of references) {
        const image = await aws.ecr.image(
          repository,
          reference.startsWith('sha256:') ? { digest: reference } : { tag: reference },
        );
        if (image) found.images[component] = `${registry}/${repository}@${image.imageDigest}`;
      }
      if (!found.images[component] && !chosen[component]) {
        const before = released[component];
        if (before?.startsWith(`${registry}/${repository}@`)) found.images[component] = before;
        else if (target.sandbox)
          found.images[component] = `${registry}/${repository}@${placeholderImage(architecture).digest}`;
      }
      const image = found.images[component];
      if (!image)
        found.missing.push({ component, repository, ...(chosen[component] ? { asked: chosen[component] } : {}) });
      else if (image.endsWith(placeholderImage(architecture).digest)) found.placeholders.push(component);
    }),
  );
  return found;
}

export const componentsOf = (settings: AppSettings) => [
  ...Object.entries(settings.services),
  ...Object.entries(settings.oneOffs),
];

const noSuchComponent = (name: string, names: readonly string[]) =>
  new PlatformError({
    id: 'image-for-nothing',
    kind: 'usage',
    message: `--image names ${name}, which this environment does not have`,
    remedy: names.length > 0 ? `one of ${names.join(', ')}` : 'no service of this environment takes an image',
  });
