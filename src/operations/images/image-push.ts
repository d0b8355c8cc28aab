import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { placeholderImage } from '../../release/placeholder-image.ts';
import { newReleaseId } from '../../release/release-record.ts';
import { chooseComponents } from './choose-components.ts';
import { engineMissing } from './engine-missing.ts';
import { imageSources } from './image-source.ts';
import { makeImages } from './make-images.ts';
import type { BuildOptions } from './make-input.ts';
import type { PlannedBuild } from './planned-build.ts';
import { plannedBuild } from './planned-build.ts';
import { provideByContent } from './provide-by-content.ts';
import { pushPlaceholder } from './provide-images.ts';

export interface ImageInput {
  /** Components; none means all. */
  names: readonly string[];
  options: BuildOptions;
  /** Instead of the tag that says what the image is made of. */
  tag?: string | undefined;
}

/** The contract of `image build --json` and `image push --json`. */
export interface ImageOutcome {
  images: {
    service: string;
    repository: string;
    /** Null for what was only built: a registry gives the digest. */
    digest: string | null;
    platform: string;
    tag: string;
    /** `reused`: it was there already, and nothing was built. */
    action: 'built' | 'pushed' | 'reused';
    /** A placeholder: the sandbox found no container engine. */
    simulated: boolean;
  }[];
  dryRun: boolean;
}

/**
 * Brings the images of what lies here into the registry: builds only what is not there. No lock is taken: an image more
 * changes nothing that runs, and a pipeline may push while a deployment goes on.
 */
export async function imagePush(session: Session, { names, options, tag }: ImageInput): Promise<ImageOutcome> {
  const { aws, reporter, flags, target } = session;
  const builds = await planBuilds(session, { names, tag });
  const flagText = environmentFlags(session.environment);
  for (const name of new Set(builds.map(({ repository }) => repository)))
    if (!(await aws.ecr.repository(name))) throw noRepository(name, flagText);
  const search = await session.containerEngine();
  if (!search.engine && target.sandbox) return pretend(session, builds);
  const there = options.rebuild ? [] : await provideByContent(session, builds, { write: !flags.dryRun });
  const rest = builds.filter(({ component }) => !there.some((one) => one.component === component));
  if (rest.length > 0 && !search.engine) throw engineMissing(search, session.environment);
  const run = `image-${newReleaseId(session.clock.now())}`;
  const made =
    rest.length === 0 || flags.dryRun
      ? []
      : await reporter.tree('Pushing images', (tree) => makeImages(session, { builds: rest, options, run, tree }));
  const all = [...there, ...made];
  return {
    images: builds.map((build) => {
      const one = all.find(({ component }) => component === build.component);
      return { ...described(build), digest: one?.digest ?? null, action: one?.reused ? 'reused' : 'pushed' };
    }),
    dryRun: flags.dryRun,
  };
}

export const described = ({ component, repository, architecture, tag }: PlannedBuild) => ({
  service: component,
  repository,
  platform: `linux/${architecture}`,
  tag,
  simulated: false,
});

/** What would be built of the sources that lie here. */
export async function planBuilds(
  session: Pick<Session, 'environment' | 'project' | 'reporter'>,
  { names, tag }: Pick<ImageInput, 'names' | 'tag'>,
): Promise<PlannedBuild[]> {
  const { components } = chooseComponents(session.environment, names);
  if (tag && components.length > 1) throw oneTagForSeveral(components.map(({ component }) => component));
  const sources = imageSources(await session.project());
  const builds = await Promise.all(components.map(async (image) => plannedBuild(image, await sources(image))));
  for (const warning of builds.flatMap(({ warnings }) => warnings)) session.reporter.warn(warning);
  return tag ? builds.map((build) => ({ ...build, tag, chosenTag: true })) : builds;
}

async function pretend(session: Session, builds: readonly PlannedBuild[]): Promise<ImageOutcome> {
  const { aws, flags } = session;
  if (!flags.dryRun)
    for (const { repository, architecture } of builds) await pushPlaceholder(aws, repository, architecture);
  return {
    images: builds.map((build) => ({
      ...described(build),
      tag: `placeholder-${build.architecture}`,
      digest: placeholderImage(build.architecture).digest,
      action: 'pushed',
      simulated: true,
    })),
    dryRun: flags.dryRun,
  };
}

const noRepository = (name: string, flags: string) =>
  new PlatformError({
    id: 'image-repository-missing',
    kind: 'failed',
    message: `There is no repository ${name} to push to`,
    remedy: `platform image init ${flags} makes the repositories, as platform deploy ${flags} does`,
  });

const oneTagForSeveral = (components: readonly string[]) =>
  new PlatformError({
    id: 'image-tag-for-several',
    kind: 'usage',
    message: `--tag names one image, and these are ${components.length}: ${components.join(', ')}`,
    remedy: `platform image push ${components[0]} --tag <tag>`,
  });
