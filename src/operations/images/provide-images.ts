import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Tree } from '../../io/reporter.ts';
import { changesAnything } from '../../release/describe-plan.ts';
import { placeholderImage } from '../../release/placeholder-image.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { makeImages } from './make-images.ts';
import { type MakePowers, PLAIN_BUILD } from './make-input.ts';

export interface ProvideInput {
  prepared: PreparedRelease;
  /** By component; what is made is added. */
  images: Record<string, string>;
  changeSetName: string;
  tree: Tree;
}

/** Sees to it that every image of the release is in its repository: built and pushed where there is an engine. */
export async function provideImages(
  session: MakePowers,
  { prepared, images, changeSetName, tree }: ProvideInput,
): Promise<void> {
  await pushPlaceholders(session, prepared);
  const { builds, retags } = prepared.images;
  const made = await makeImages(session, { builds, options: PLAIN_BUILD, run: changeSetName, tree }).catch(
    (error: unknown) => Promise.reject(session.signal.aborted ? cancelled(session) : error),
  );
  for (const { component, image } of made) images[component] = image;
  if (changesAnything(prepared.plan)) await addTags(session, retags);
}

/** The same sources under another commit: the image is there, and only its name is not. */
async function addTags({ aws }: Pick<Session, 'aws'>, retags: PreparedRelease['images']['retags']): Promise<void> {
  for (const { repository, digest, tag } of retags) {
    const manifest = await aws.ecr.manifest(repository, { digest });
    if (manifest) await aws.ecr.tag(repository, manifest, tag);
  }
}

/** On the sandbox, gives every component without an image one that has nothing in it, so that a digest can be deployed. */
async function pushPlaceholders({ aws }: Pick<Session, 'aws'>, { settings, images }: PreparedRelease): Promise<void> {
  const components = { ...settings.services, ...settings.oneOffs };
  for (const component of images.placeholders) {
    const { repository, architecture } = components[component]!;
    await pushPlaceholder(aws, repository, architecture);
  }
}

export async function pushPlaceholder(
  { ecr }: Session['aws'],
  repository: string,
  architecture: 'amd64' | 'arm64',
): Promise<void> {
  const image = placeholderImage(architecture);
  if (await ecr.image(repository, { digest: image.digest })) return;
  await ecr.push(repository, `placeholder-${architecture}`, image);
}

/** Stacks were made or changed beside the build, so this is no mere stop (exit 5). */
const cancelled = ({ environment }: Pick<Session, 'environment'>) =>
  new PlatformError({
    id: 'deploy-cancelled-in-build',
    kind: 'failed',
    message: `The deployment was cancelled while it built images; what runs in ${environment.name} was not touched`,
    remedy: `platform deploy ${environmentFlags(environment)} starts again from there`,
  });
