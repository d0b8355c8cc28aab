import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { Cname } from '../aws/route53.ts';
import type { Session } from '../context.ts';

/** The record that proves whose domain it is; ACM needs seconds to say it. */
export function recordOf({ DomainValidationOptions = [] }: CertificateDetail): Cname | undefined {
  const record = DomainValidationOptions[0]?.ResourceRecord;
  return record && { name: record.Name!, value: record.Value! };
}

/** True where the zone is ours. In a rehearsal we play the owner of the domain too. */
export async function writeRecord(
  { aws, reporter, target }: Pick<Session, 'aws' | 'reporter' | 'target'>,
  domain: string,
  record: Cname,
): Promise<boolean> {
  const zone = await aws.route53.zoneOf(domain);
  const zoneId =
    zone?.Id ?? (target.sandbox ? await aws.route53.createZone(parentOf(domain), `platform-${domain}`) : undefined);
  if (!zoneId) return false;
  await aws.route53.putCname(zoneId, record);
  if (!zone)
    reporter.note(
      `The record of ${domain} was written to a pretended zone of the sandbox; for a real account it is yours to create`,
    );
  return true;
}

const parentOf = (domain: string): string =>
  domain.split('.').length > 2 ? domain.split('.').slice(1).join('.') : domain;
