import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { hasRepositories } from '../images/image-problems.ts';
import { initUnder } from '../images/init-images.ts';
import type { EnvironmentLock } from '../locks/hold-lock.ts';
import { checkPrepared } from '../preflight/check-prepared.ts';
import type { PreparedRelease } from './prepare-release.ts';

/**
 * The way out of a first deployment from a machine without a container engine: there is no image, and no repository
 * that another machine could push one to. Offers to make the repositories alone, and stops there with `images-awaited`.
 */
export async function repositoriesFirst(
  lock: EnvironmentLock,
  session: Session,
  prepared: PreparedRelease,
): Promise<void> {
  const { environment, flags, reporter } = session;
  const { builds } = prepared.images;
  if (builds.length === 0 || flags.dryRun || hasRepositories(prepared.plan)) return;
  const search = await session.containerEngine();
  if (search.engine) return;
  await checkPrepared(session, { ...prepared, images: { ...prepared.images, builds: [] } });
  reporter.warn(
    `there is no container engine here (${search.why}), and no repository yet that another machine could push to`,
  );
  await initUnder(lock, session, prepared);
  throw imagesAwaited(
    builds.map(({ component }) => component),
    environmentFlags(environment),
  );
}

const imagesAwaited = (components: readonly string[], flags: string) =>
  new PlatformError({
    id: 'images-awaited',
    kind: 'pending',
    message: `The image repositories are there; the rest waits for the images of ${components.join(', ')}`,
    remedy: `platform image push ${flags} on a machine with a container engine and this checkout, then platform deploy ${flags}`,
  });
