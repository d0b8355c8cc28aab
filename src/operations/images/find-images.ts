import type { AppSettings } from '../../../infra/settings.ts';
import type { ImageReference } from '../../aws/ecr.ts';
import type { Session } from '../../context.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { type ImageFinding, judgeImage } from '../../domain/judge-image.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type ComponentImage, componentImages } from '../../release/component-images.ts';
import { placeholderImage } from '../../release/placeholder-image.ts';
import { type ImageSources, imageSources } from './image-source.ts';
import { type PlannedBuild, plannedBuild } from './planned-build.ts';

export interface FoundImages {
  /** `<registry>/<repository>@sha256:…` by component; those that are still to be built are not among them. */
  images: Record<string, string>;
  /** Components whose image is a placeholder: only on the sandbox. */
  placeholders: string[];
  /** Components without an image, and the repository that was looked at. */
  missing: { component: string; path: string; repository: string; asked?: string; why?: string; remedy?: string }[];
  builds: PlannedBuild[];
  /** What a person should know of the sources. */
  warnings: string[];
  /** Found by what they are made of: they get the tag of today's commit too. */
  retags: { repository: string; digest: string; tag: string }[];
  /** What would keep a task of an image that is there from starting. */
  findings: (ImageFinding & { component: string; path: string })[];
}

export interface ImageChoice {
  /** `--image <component>=<tag or digest>`. */
  chosen: Readonly<Record<string, string>>;
  /** False with `--no-build`: what is there has to do. */
  build: boolean;
  /** Tags by component that an approved plan was to build: still to be built, also when somebody has built them since. */
  awaited: Readonly<Record<string, string>>;
  /** What runs now, from the newest release. */
  released: Readonly<Record<string, string>>;
}

export type ImagePowers = Pick<Session, 'aws' | 'containerEngine' | 'environment' | 'project' | 'target'>;

/**
 * The image of every component: the one asked for, else the one that was made of the sources that lie here, else one to
 * be built of them. On the sandbox without a container engine it is a placeholder.
 */
export async function findImages(
  session: ImagePowers,
  settings: AppSettings,
  choice: ImageChoice,
): Promise<FoundImages> {
  const components = componentImages(session.environment.blocks, settings);
  const names = components.map(({ component }) => component);
  const stranger = Object.keys(choice.chosen).find((name) => !names.includes(name));
  if (stranger) throw noSuchComponent(stranger, names);
  const found: FoundImages = {
    images: {},
    placeholders: [],
    missing: [],
    builds: [],
    warnings: [],
    retags: [],
    findings: [],
  };
  const sources = imageSources(await session.project());
  await Promise.all(components.map((image) => findImage(session, image, { choice, sources }, found)));
  // In the order of the configuration, and not of the answers.
  found.builds.sort((a, b) => names.indexOf(a.component) - names.indexOf(b.component));
  return found;
}

async function findImage(
  session: ImagePowers,
  image: ComponentImage,
  { choice, sources }: { choice: ImageChoice; sources: ImageSources },
  found: FoundImages,
): Promise<void> {
  const { component, path, repository, architecture } = image;
  const { target } = session;
  const at = `${registryHost(target)}/${repository}@`;
  const placeholder = placeholderImage(architecture).digest;
  const use = async (digest: string) => {
    found.images[component] = `${at}${digest}`;
    if (digest === placeholder) found.placeholders.push(component);
    else if (choice.released[component] !== `${at}${digest}`) await judge(session, image, digest, found);
  };

  const asked = choice.chosen[component];
  if (asked !== undefined) {
    const reference = asked.startsWith('sha256:') ? { digest: asked } : { tag: asked };
    const there = await imageAt(session, repository, reference);
    if (there) await use(there.imageDigest!);
    else found.missing.push({ component, path, repository, asked });
    return;
  }
  const pretend = target.sandbox && (await session.containerEngine()).engine === undefined;
  const awaited = choice.awaited[component];
  const made = await madeOfSources(session, image, { sources, read: !pretend, awaited });
  if (made.digest && awaited !== made.tag) {
    await use(made.digest);
    if (made.retag) found.retags.push({ repository, digest: made.digest, tag: made.retag });
    return;
  }
  if (choice.build && !pretend && made.build) {
    found.builds.push(made.build);
    found.warnings.push(...made.build.warnings);
    return;
  }
  const before = choice.released[component];
  const runs = before?.startsWith(at) && (pretend || !choice.build) ? before.slice(at.length) : undefined;
  if (runs && (runs === placeholder || (await imageAt(session, repository, { digest: runs })))) await use(runs);
  else if (target.sandbox) {
    if (made.why && !pretend) found.warnings.push(`${path}: ${made.why.why}: a placeholder stands for the image`);
    await use(placeholder);
  } else found.missing.push({ component, path, repository, ...(runs ? deleted(runs) : (made.why ?? {})) });
}

const deleted = (digest: string) => ({ why: `the one that runs, ${digest.slice(0, 19)}, was deleted from it (F-43)` });

interface Made {
  digest?: string;
  tag?: string;
  /** Its tag is not on it yet. */
  retag?: string;
  build?: PlannedBuild;
  why?: { why: string; remedy: string };
}

/** Looks for the commit first, and reads the sources only when it is not there. */
async function madeOfSources(
  session: ImagePowers,
  image: ComponentImage,
  { sources, read, awaited }: { sources: ImageSources; read: boolean; awaited: string | undefined },
): Promise<Made> {
  const { repository } = image;
  try {
    const source = await sources(image);
    const { commitTag } = source;
    const byCommit =
      commitTag && commitTag !== awaited ? await imageAt(session, repository, { tag: commitTag }) : undefined;
    if (byCommit) return { digest: byCommit.imageDigest!, tag: commitTag! };
    if (!read) return {};
    const build = await plannedBuild(image, source);
    const { tag, contentTag } = build;
    const byContent = await imageAt(session, repository, { tag: contentTag });
    if (!byContent) return { build };
    const named = byContent.imageTags?.includes(tag);
    return { digest: byContent.imageDigest!, tag, build, ...(named ? {} : { retag: tag }) };
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'usage') throw error;
    return { why: { why: error.message, remedy: error.remedy } };
  }
}

async function judge(session: ImagePowers, image: ComponentImage, digest: string, found: FoundImages): Promise<void> {
  const { component, path, repository, architecture, port, command } = image;
  const facts = await examineImage(session, { repository, reference: { digest }, platform: `linux/${architecture}` });
  if (!facts) return;
  const use = {
    component,
    architecture,
    ...(port === undefined ? {} : { port }),
    ...(command ? { command } : {}),
    flags: environmentFlags(session.environment),
  };
  found.findings.push(...judgeImage(facts, use).map((finding) => ({ ...finding, component, path })));
}

const imageAt = ({ aws }: ImagePowers, repository: string, reference: ImageReference) =>
  aws.ecr.image(repository, reference);

/** As task definitions name it, on the sandbox too. */
export const registryHost = ({ account, region }: Pick<Session['target'], 'account' | 'region'>): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const noSuchComponent = (name: string, names: readonly string[]) =>
  new PlatformError({
    id: 'image-for-nothing',
    kind: 'usage',
    message: `--image names ${name}, which this environment does not have`,
    remedy: names.length > 0 ? `one of ${names.join(', ')}` : 'no service of this environment takes an image',
  });
