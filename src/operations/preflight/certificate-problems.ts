import { EDGE_REGION } from '../../../infra/edge-region.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';

/** A certificate that platform.yaml names by its ARN, and what is to show it. */
interface Named {
  name: string;
  path: string;
  arn: string;
  /** Where whoever shows it looks for it. */
  region: string;
  /** What takes only a certificate that is issued. */
  taker: string;
  failure: 'F-69' | 'F-109';
}

/**
 * Certificates that nothing would take: gone, of another region, not issued yet or no longer valid (F-69, F-70, for
 * CloudFront F-109). Those that we request ourselves are waited for before anything is deployed.
 */
export async function certificateProblems(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  { settings }: Pick<PreparedRelease, 'settings'>,
): Promise<Problem[]> {
  const found = await Promise.all(namedCertificates(settings, target.region).map((one) => problemsOf(aws, one)));
  return found.flat();
}

function namedCertificates({ services, apis, sites }: PreparedRelease['settings'], home: string): Named[] {
  const named = (one: Omit<Named, 'arn'>, arn: string | undefined): Named[] => (arn ? [{ ...one, arn }] : []);
  return [
    ...Object.entries(services).flatMap(([name, { http }]) =>
      named(
        { name, path: `services.${name}.http.certificate`, region: home, taker: 'a listener', failure: 'F-69' },
        http?.tls ? http.tls.certificateArn : undefined,
      ),
    ),
    ...Object.entries(apis).flatMap(([name, { domain }]) =>
      named(
        { name, path: `apis.${name}.certificate`, region: home, taker: 'API Gateway', failure: 'F-69' },
        domain?.certificateArn,
      ),
    ),
    ...Object.entries(sites).flatMap(([name, { certificateArn }]) =>
      named(
        { name, path: `sites.${name}.certificate`, region: EDGE_REGION, taker: 'CloudFront', failure: 'F-109' },
        certificateArn,
      ),
    ),
  ];
}

async function problemsOf(aws: Session['aws'], { name, path, arn, region, taker, failure }: Named): Promise<Problem[]> {
  const problem = (rule: string, message: string, remedy: string, value?: unknown): Problem[] => [
    {
      rule,
      severity: 'error',
      path,
      message,
      remedy,
      ...(value === undefined
        ? {}
        : { evidence: [evidenceOf('acm:DescribeCertificate', 'Certificate.Status', value)] }),
    },
  ];
  const [, , , at = ''] = arn.split(':');
  if (at !== region)
    return problem(
      failure,
      taker === 'a listener'
        ? `${name} names a certificate of ${at}, and its load balancer is in ${region}`
        : `${name} names a certificate of ${at}, and ${taker} takes one of ${region}`,
      `name one of ${region}, or certificate: auto, which requests it there`,
    );
  const certificate = await aws.in(region).acm.certificate(arn);
  if (!certificate)
    return problem(
      failure,
      `${name} names certificate ${arn}, which is not there`,
      `name one that aws acm list-certificates --region ${region} shows, or certificate: auto`,
      'absent',
    );
  const { Status: status, FailureReason: reason } = certificate;
  if (status === 'ISSUED') return [];
  return status === 'PENDING_VALIDATION'
    ? problem(
        'F-70',
        `The certificate of ${name} waits for its DNS records (PENDING_VALIDATION), and ${taker} takes only one that is issued`,
        `create them: aws acm describe-certificate --region ${region} --certificate-arn ${arn}; or certificate: auto, which does it where the zone is ours`,
        status,
      )
    : problem(
        failure,
        `The certificate of ${name} is ${status}${reason ? ` (${reason})` : ''}, and ${taker} takes only one that is issued`,
        'request another, or certificate: auto',
        status,
      );
}
