import type { Session } from '../../context.ts';
import type { Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../prepare-release.ts';

/**
 * Certificates that platform.yaml names by their ARN and that a listener would not take: gone, of another region, not
 * issued yet or no longer valid (F-69, F-70). Those that we request ourselves are waited for before anything is deployed.
 */
export async function certificateProblems(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  { settings }: Pick<PreparedRelease, 'settings'>,
): Promise<Problem[]> {
  const named = Object.entries(settings.services).flatMap(([name, { http }]) => {
    const { certificateArn: arn } = http?.tls || {};
    return arn ? [{ name, arn }] : [];
  });
  const found = await Promise.all(
    named.map(async ({ name, arn }): Promise<Problem[]> => {
      const problem = (rule: string, message: string, remedy: string): Problem[] => [
        { rule, severity: 'error', path: `services.${name}.http.certificate`, message, remedy },
      ];
      const [, , , region = ''] = arn.split(':');
      if (region !== target.region)
        return problem(
          'F-69',
          `${name} names a certificate of ${region}, and its load balancer is in ${target.region}`,
          `name one of ${target.region}, or certificate: auto, which requests it there`,
        );
      const certificate = await aws.acm.certificate(arn);
      if (!certificate)
        return problem(
          'F-69',
          `${name} names certificate ${arn}, which is not there`,
          'name one that aws acm list-certificates shows, or certificate: auto',
        );
      const { Status: status, FailureReason: reason } = certificate;
      if (status === 'ISSUED') return [];
      return status === 'PENDING_VALIDATION'
        ? problem(
            'F-70',
            `The certificate of ${name} waits for its DNS records (PENDING_VALIDATION), and a listener takes only one that is issued`,
            `create them: aws acm describe-certificate --region ${region} --certificate-arn ${arn}; or certificate: auto, which does it where the zone is ours`,
          )
        : problem(
            'F-69',
            `The certificate of ${name} is ${status}${reason ? ` (${reason})` : ''}, and a listener takes only one that is issued`,
            'request another, or certificate: auto',
          );
    }),
  );
  return found.flat();
}
