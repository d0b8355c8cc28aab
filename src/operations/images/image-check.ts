import type { Session } from '../../context.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { ImageFacts } from '../../domain/image-facts.ts';
import { type ImageFinding, judgeImage } from '../../domain/judge-image.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { ComponentImage } from '../../release/component-images.ts';
import { chooseComponents, newestRelease } from './choose-components.ts';
import { findImages } from './find-images.ts';

export interface CheckedImage {
  service: string;
  repository: string;
  /** Null when there is no image. */
  digest: string | null;
  /** Of the image; null when it says none. */
  platform: string | null;
  mediaType: string | null;
  /** Compressed. */
  bytes: number | null;
  ports: number[];
  command: string[];
  simulated: boolean;
  findings: ImageFinding[];
}

/** The contract of `image check --json`. */
export interface ImageCheckOutcome {
  images: CheckedImage[];
}

export interface ImageCheckInput {
  names: readonly string[];
  /** `--image <component>=<tag or digest>`. */
  images: Readonly<Record<string, string>>;
}

/** Reads from the registry what a deployment would run, and says what would keep a task from starting. */
export async function imageCheck(session: Session, { names, images }: ImageCheckInput): Promise<ImageCheckOutcome> {
  const { components, settings } = chooseComponents(session.environment, names);
  const released = await newestRelease(session);
  const found = await findImages(session, settings, {
    chosen: images,
    build: false,
    awaited: {},
    released: released?.images ?? {},
  });
  const flags = environmentFlags(session.environment);
  return {
    images: await Promise.all(
      components.map(async (image) => {
        const digest = found.images[image.component]?.split('@')[1];
        return checkedImage(image, digest ? await factsOf(session, image, digest) : undefined, {
          flags,
          asked: images[image.component],
        });
      }),
    ),
  };
}

const factsOf = (session: Session, { repository, architecture }: ComponentImage, digest: string) =>
  examineImage(session, { repository, reference: { digest }, platform: `linux/${architecture}` });

function checkedImage(
  image: ComponentImage,
  facts: ImageFacts | undefined,
  { flags, asked }: { flags: string; asked: string | undefined },
): CheckedImage {
  const { component, repository, architecture, port, command } = image;
  const wanted = `linux/${architecture}`;
  return {
    service: component,
    repository,
    digest: facts?.digest ?? null,
    platform: facts ? (facts.platforms.includes(wanted) ? wanted : (facts.platforms[0] ?? null)) : null,
    mediaType: facts?.mediaType ?? null,
    bytes: facts?.bytes ?? null,
    ports: facts?.ports ?? [],
    command: facts?.command ?? [],
    simulated: facts?.placeholder ?? false,
    findings: facts
      ? judgeImage(facts, {
          component,
          architecture,
          flags,
          ...(port === undefined ? {} : { port }),
          ...(command ? { command } : {}),
        })
      : [asked === undefined ? absent(component, repository, flags) : askedAbsent(image, asked, flags)],
  };
}

const absent = (component: string, repository: string, flags: string): ImageFinding => ({
  id: 'image-absent',
  failure: 'F-37',
  severity: 'error',
  message: `There is no image of ${component} in ${repository}`,
  remedy: `platform image push ${component} ${flags}`,
});

const askedAbsent = ({ component, repository }: ComponentImage, asked: string, flags: string): ImageFinding => ({
  ...absent(component, repository, flags),
  message: `There is no image ${asked} of ${component} in ${repository}`,
  remedy: `platform image list ${component} ${flags} shows what is there`,
});

export const imagesUnfit = (count: number) =>
  new PlatformError({
    id: 'images-unfit',
    kind: 'failed',
    message: `${count} ${count === 1 ? 'finding' : 'findings'} would keep tasks from starting`,
    remedy: 'each says what mends it',
  });
