import type { Certificate } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { invalid } from './faults.ts';

/** Quota: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const CERTIFICATES_PER_BALANCER = 25;

/** The certificate that an HTTPS listener is created with: exactly one, issued, in this region. */
export function defaultCertificate(scope: Scope, certificates: readonly Certificate[] | undefined): Certificate {
  if (!certificates?.length) {
    throw new AwsFault('ValidationError', 'A certificate must be specified for HTTPS listeners');
  }
  if (certificates.length > 1) {
    throw invalid(`Up to one certificate can be specified, but received: ${certificates.length}`);
  }
  checkCertificate(scope, certificates[0]!.CertificateArn);
  return { CertificateArn: certificates[0]!.CertificateArn };
}

export function checkCertificateCount(count: number): void {
  if (count > CERTIFICATES_PER_BALANCER) {
    throw new AwsFault(
      'TooManyCertificates',
      'The maximum number of certificates on this load balancer has been reached',
    );
  }
}

/** Server certificates of IAM are taken as they are; those of ACM have to exist and to be issued. */
export function checkCertificate(scope: Scope, arn: string | undefined): void {
  const match = /^arn:aws[\w-]*:(acm|iam):([\w-]*):(\d{12}):(certificate|server-certificate)\/.+$/.exec(arn ?? '');
  if (!match) throw invalid(`Certificate ARN '${arn}' is not valid`);
  if (match[1] !== 'acm') return;
  const row =
    match[2] === scope.region
      ? scope.world.store
          .table<{ Status?: string; status?: string }>('acm.certificates', `${scope.account}/${scope.region}`)
          .get(arn!)
      : undefined;
  if (!row) throw new AwsFault('CertificateNotFound', `Certificate '${arn}' not found`);
  if ((row.Status ?? row.status) !== 'ISSUED') {
    throw new AwsFault(
      'UnsupportedCertificate',
      `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
  }
}
