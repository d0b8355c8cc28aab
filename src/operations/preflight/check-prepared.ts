import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../prepare-release.ts';
import { GROUPS, type PreflightPowers } from './groups.ts';

/** Throws `deploy-blocked` with everything that would make this deployment fail later, before anything is changed. */
export async function checkPrepared(session: PreflightPowers, prepared: PreparedRelease): Promise<void> {
  const problems = await findObstacles(session, prepared);
  if (problems.length === 0) return;
  throw new PlatformError({
    id: 'deploy-blocked',
    kind: 'failed',
    message: `${session.environment.name} cannot be deployed yet; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
}

/** Everything that would make this deployment fail later, in the order in which it would meet it. */
export async function findObstacles(session: PreflightPowers, prepared: PreparedRelease): Promise<Problem[]> {
  const found = await Promise.all(GROUPS.map(({ look }) => look(session, prepared)));
  return found.flat().filter(({ severity }) => severity === 'error');
}
