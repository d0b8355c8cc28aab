import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { PreparedRelease } from './prepare-release.ts';

/** Throws `deploy-blocked` with everything that would make this deployment fail later, before anything is changed. */
export function checkPrepared(
  { environment }: Pick<Session, 'environment'>,
  { plan, images, secrets, settings, chosen }: PreparedRelease,
): void {
  const problems: Problem[] = [
    ...plan.stacks.flatMap(({ stackName, handling }): Problem[] =>
      handling.action === 'stop'
        ? [problem(handling.failure, `${stackName}: ${handling.why}`, handling.remedy(stackName), stackName)]
        : [],
    ),
    ...images.missing.map(({ component, repository }) =>
      problem(
        'F-37',
        `There is no image for ${component} in ${repository}`,
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
    ...Object.entries(settings.services).flatMap(([name, { http }]): Problem[] =>
      http?.tls && !http.tls.certificateArn && !chosen[`certificate/services/${name}`]
        ? [
            problem(
              'F-69',
              `The certificate of ${http.domain} is not issued yet`,
              'create the DNS record that was shown, then deploy again',
              `services.${name}.http.certificate`,
            ),
          ]
        : [],
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
