import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { causeOf } from './stack-failure.ts';

/**
 * Throws `deploy-blocked` with everything that would make this deployment fail later, before anything is changed.
 * Certificates are not looked at here: they are requested, and waited for, before anything is deployed.
 */
export async function checkPrepared(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { plan, images, secrets }: PreparedRelease,
): Promise<void> {
  const stuck = plan.stacks.map(async ({ stackName, region, handling }): Promise<Problem[]> => {
    if (handling.action !== 'stop') return [];
    const cause = await causeOf(aws.in(region), stackName);
    return [
      problem(
        handling.failure,
        `${stackName}: ${handling.why}${cause ? `. ${cause}` : ''}`,
        handling.remedy(stackName),
        stackName,
      ),
    ];
  });
  const problems = [
    ...(await Promise.all(stuck)).flat(),
    ...images.missing.map(({ component, repository, asked }) =>
      problem(
        'F-37',
        asked ? `There is no image ${asked} in ${repository}` : `There is no image for ${component} in ${repository}`,
        `push one, then platform deploy --env ${environment.name} --image ${component}=<tag>`,
        `services.${component}.image`,
      ),
    ),
    ...secrets.absent.map(({ name, deleted }) =>
      deleted
        ? problem(
            'F-91',
            `Secret ${name} is scheduled for deletion`,
            `aws secretsmanager restore-secret --secret-id ${name}`,
            'secrets',
          )
        : problem(
            'F-90',
            `There is no secret ${name}`,
            `aws secretsmanager create-secret --name ${name} --secret-string file://<json file>`,
            'secrets',
          ),
    ),
  ];
  if (problems.length === 0) return;
  throw new PlatformError({
    id: 'deploy-blocked',
    kind: 'failed',
    message: `${environment.name} cannot be deployed yet; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
}

const problem = (rule: string, message: string, remedy: string, path: string): Problem => ({
  rule,
  severity: 'error',
  path,
  message,
  remedy,
});
