import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { Cname } from '../../aws/route53.ts';
import type { Session } from '../../context.ts';
import { isProxied } from '../../domain/dns-proxy.ts';
import type { RecordSight } from '../../domain/record-sight.ts';
import { addressesOf, aliasesOf, nameServersIn } from '../../process/resolve-name.ts';

/** The record that proves whose domain it is; ACM needs seconds to say it. */
export function recordOf({ DomainValidationOptions = [] }: CertificateDetail): Cname | undefined {
  const record = DomainValidationOptions[0]?.ResourceRecord;
  return record && { name: record.Name!, value: record.Value! };
}

/** A proxied record is none: its CNAME is hidden behind the addresses of the proxy (S3-46). */
export async function sightOf(
  { target, variables }: Pick<Session, 'target' | 'variables'>,
  { name, value }: Cname,
): Promise<RecordSight> {
  if (target.sandbox) return 'unseen';
  const servers = nameServersIn(variables);
  const host = bare(name);
  const aliases = await aliasesOf(host, servers);
  if (aliases === 'unanswered') return 'unseen';
  if (aliases.length > 0) return aliases.some((one) => bare(one) === bare(value)) ? 'right' : 'elsewhere';
  const addresses = await addressesOf(host, servers);
  if (addresses === 'unanswered') return 'unseen';
  return isProxied(addresses) ? 'proxied' : addresses.length > 0 ? 'elsewhere' : 'missing';
}

const bare = (host: string): string => host.toLowerCase().replace(/\.$/, '');

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
