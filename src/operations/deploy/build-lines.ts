import type { FoundImages } from '../images/find-images.ts';

/** What a plan says of images that are still to be built: one line each. */
export const buildLines = ({ builds }: Pick<FoundImages, 'builds'>): string[] =>
  builds.map(
    ({ component, architecture, context, tag }) =>
      `  image ${component}: build ${context} for linux/${architecture}, push it as ${tag}`,
  );

export type BuildDocument = { service: string; tag: string; platform: string }[];

/** The same for `--json`. */
export const buildDocument = ({ builds }: Pick<FoundImages, 'builds'>): BuildDocument =>
  builds.map(({ component, tag, architecture }) => ({ service: component, tag, platform: `linux/${architecture}` }));
