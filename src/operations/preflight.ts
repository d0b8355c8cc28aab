import type { Session } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { PlannedStack } from '../release/plan.ts';
import { thingName } from '../release/thing-name.ts';
import { imageProblems } from './image-problems.ts';
import { leftoverProblem } from './leftover-problem.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { readStanding } from './read-standing.ts';
import { absentProblem } from './secret-problems.ts';
import { causeOf } from './stack-failure.ts';

type Powers = Pick<Session, 'aws' | 'containerEngine' | 'environment' | 'reporter' | 'target'>;

/** Throws `deploy-blocked` with everything that would make this deployment fail later, before anything is changed. */
export async function checkPrepared(session: Powers, prepared: PreparedRelease): Promise<void> {
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

/**
 * Everything that would make this deployment fail later. Certificates are not looked at here: they are requested, and
 * waited for, before anything is deployed.
 */
export async function findObstacles(session: Powers, prepared: PreparedRelease): Promise<Problem[]> {
  const { aws, environment, target } = session;
  const { plan, secrets, leftovers } = prepared;
  const stuck = plan.stacks.map(async ({ id, stackName, region, handling }): Promise<Problem[]> => {
    if (handling.action !== 'stop') return [];
    const cause = await causeOf(aws.in(region), stackName);
    return [
      problem(
        handling.failure,
        `${stackName}: ${handling.why}${cause ? `. ${cause}` : ''}`,
        `platform recover ${id} ${environmentFlags(environment)}`,
        stackName,
      ),
    ];
  });
  const going = plan.stacks.filter(
    ({ action, handling }) => action === 'delete' || handling.action === 'finish-delete',
  );
  const problems = [
    ...(await Promise.all(stuck)).flat(),
    ...(await protectedIn(aws, environment.name, going)),
    ...(await imageProblems(session, prepared)),
    ...secrets.absent.map(({ name, deleted }) => absentProblem(environment, name, deleted)),
    ...secrets.broken,
  ];
  problems.push(
    ...leftovers.map(leftoverProblem).filter((one) => one !== undefined),
    ...(secrets.notShared.length === 0
      ? []
      : [
          problem(
            'S3-115',
            `The provider of the shared infrastructure has not written ${secrets.notShared.toSorted().join(', ')} in account ${target.account}, ${target.region}`,
            'deploy the environment with shared.mode export and the same prefix first, in the same account and region',
            'shared.prefix',
          ),
        ]),
  );
  return problems;
}

/** Lifting a database's protection is no part of a deployment, whoever agreed to its loss (F-85). */
async function protectedIn(
  aws: Session['aws'],
  environment: string,
  stacks: readonly PlannedStack[],
): Promise<Problem[]> {
  const live = stacks.map(
    ({ id, live: found, stackName, account, region }) => [id, { ...found!, stackName, account, region }] as const,
  );
  const { protectedDatabases } = await readStanding(aws, new Map(live));
  return protectedDatabases.map(({ logicalId, physicalId, stack }) => {
    const template = live.find(([id]) => id === stack)?.[1].template;
    const name = thingName(stack, template, logicalId).replace(/^databases\./, '');
    return problem(
      'F-85',
      `Stack ${stack} is no longer wanted as it is, but its database ${physicalId} is protected against deletion`,
      `configure it again; or, to lose it, platform db unprotect --env ${environment} ${name} --for 1h --reason <why>, then deploy again`,
      stack,
    );
  });
}

const problem = (rule: string, message: string, remedy: string, path: string): Problem => ({
  rule,
  severity: 'error',
  path,
  message,
  remedy,
});
