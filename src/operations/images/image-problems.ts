import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { blocking, type Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { startEngine } from './engine-missing.ts';
import type { FoundImages } from './find-images.ts';

/** What keeps the images of a release from being there when its services start (F-35, F-37, F-40). */
export async function imageProblems(
  session: Pick<Session, 'containerEngine' | 'environment' | 'reporter'>,
  { images, plan }: Pick<PreparedRelease, 'images' | 'plan'>,
): Promise<Problem[]> {
  const flags = environmentFlags(session.environment);
  for (const { severity, message, remedy } of images.findings)
    if (severity === 'warning') session.reporter.warn(`${message}: ${remedy}`);
  return [
    ...images.missing.map((one) => missingProblem(one, flags)),
    ...images.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ id, failure, path, message, remedy }) => blocking(failure ?? id, message, remedy, path)),
    ...(await engineProblems(session, images, { flags, repositories: hasRepositories(plan) })),
  ];
}

/** Whether there is a place to push to before this deployment has made one. */
export const hasRepositories = ({ stacks }: PreparedRelease['plan']): boolean =>
  stacks.every(({ id, action }) => id !== 'images' || (action !== 'create' && action !== 'recreate'));

function missingProblem(
  { component, path, repository, asked, why, remedy }: FoundImages['missing'][number],
  flags: string,
): Problem {
  if (asked)
    return blocking(
      'F-37',
      `There is no image ${asked} in ${repository}`,
      `platform image list ${flags} shows what there is`,
      path,
    );
  return blocking(
    'F-37',
    `There is no image for ${component} in ${repository}${why ? `: ${why}` : ''}`,
    remedy ??
      `platform deploy ${flags} without --no-build builds one; platform deploy ${flags} --image ${component}=<tag> takes one that is there`,
    path,
  );
}

async function engineProblems(
  session: Pick<Session, 'containerEngine' | 'environment'>,
  { builds }: FoundImages,
  { flags, repositories }: { flags: string; repositories: boolean },
): Promise<Problem[]> {
  if (builds.length === 0) return [];
  const search = await session.containerEngine();
  if (search.engine) return [];
  const first = repositories ? '' : `platform image init ${flags} (it makes the repositories alone), then `;
  return builds.map(({ component, path, repository, tag }) =>
    blocking(
      'F-40',
      `${repository} has no image of ${component} made of what lies here (${tag}), and there is no container engine to build one: ${search.why}`,
      `${startEngine(search)}; or ${first}platform image push ${component} ${flags} where there is one; or --image ${component}=<tag>${repositories ? ', or --no-build to keep what runs' : ''}`,
      path,
    ),
  );
}
