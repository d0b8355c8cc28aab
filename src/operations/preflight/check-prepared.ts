import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { changesAnything } from '../../release/describe-plan.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { GROUPS, lookAtGroup, type PreflightPowers } from './groups.ts';

/** Throws `deploy-blocked` with everything that would make this deployment fail later, before anything is changed. */
export async function checkPrepared(
  session: PreflightPowers & Pick<Session, 'flags'>,
  prepared: PreparedRelease,
): Promise<void> {
  const looking = findObstacles(session, prepared);
  const willAct = !session.flags.dryRun && changesAnything(prepared.plan);
  const [problems] = await Promise.all([looking, willAct ? session.cdk.warmUp() : undefined]);
  if (problems.length === 0) return;
  throw new PlatformError({
    id: 'deploy-blocked',
    kind: 'failed',
    message: `${session.environment.name} cannot be deployed yet; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
}

/** Warnings of these are said by a deployment too: nothing else tells of them before it is too late. */
const TOLD: ReadonlySet<string> = new Set(['quotas', 'network', 'secrets', 'migrations', 'names']);

/**
 * Everything that would make this deployment fail later, in the order in which it would meet it. What we may not look at
 * is neither good nor bad: AWS will tell.
 */
export async function findObstacles(session: PreflightPowers, prepared: PreparedRelease): Promise<Problem[]> {
  const found = await Promise.all(
    GROUPS.map(async (group) => {
      const { id } = group;
      const { problems, unseen } = await lookAtGroup(group, session, prepared);
      for (const error of unseen) {
        if (error.id !== 'aws-access-denied') throw error;
        session.reporter.warn(`${id}: not looked at before the deployment: ${error.message}`);
      }
      if (TOLD.has(id))
        for (const { severity, rule, message, remedy } of problems)
          if (severity === 'warning') session.reporter.warn(`${message}${rule ? ` (${rule})` : ''}; ${remedy}`);
      return problems;
    }),
  );
  return found.flat().filter(({ severity }) => severity === 'error');
}
