import type { Session } from '../../context.ts';
import type { Intention } from '../../release/intention.ts';
import type { SiteFilesReleases } from '../sites/site-rollout.ts';
import { intend } from './intend.ts';
import type { PreparedRelease } from './prepare-release.ts';

type Asked = Pick<Intention, 'startedAt' | 'commit' | 'dirty' | 'version' | 'images'>;

export interface IntendedDeployment<Input extends Asked = Asked> {
  /** Of the release that it makes. */
  id: string;
  input: Input;
  /** Files that it brings up. */
  sites: SiteFilesReleases;
}

/** Leaves word of a deployment, and again when more of it is known. */
export const intendDeployment = (
  session: Pick<Session, 'environment' | 'target'>,
  prepared: PreparedRelease,
  { id, input, sites, images }: IntendedDeployment & { images?: Record<string, string> },
): Promise<void> =>
  intend(session, {
    ...input,
    id,
    sites,
    prepared,
    asked: { ...input.images },
    services: Object.keys(prepared.settings.services),
    images: images ?? prepared.images.images,
  });
