import { certificates } from '../../services/acm/state.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

/** ACM chooses ids by chance; under a known one platform.yaml can name it. */
export async function requestCertificate(
  { domain, id }: StepInput<'request-certificate'>,
  bench: Bench,
): Promise<string> {
  const { CertificateArn } = await bench.ask<{ CertificateArn: string }>('acm:RequestCertificate', {
    DomainName: domain,
    ValidationMethod: 'DNS',
  });
  const rows = certificates.in(bench);
  const arn = CertificateArn.replace(/[^/]+$/, id);
  rows.put(arn, { ...rows.get(CertificateArn)!, arn });
  rows.delete(CertificateArn);
  return `${arn} for ${domain} waits for its DNS record`;
}
