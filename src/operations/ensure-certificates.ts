import { createHash } from 'node:crypto';
import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { AppSettings } from '../../infra/settings.ts';
import type { Cname } from '../aws/route53.ts';
import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { canonicalJson } from '../release/canonical-json.ts';
import { type EnvironmentState, writeState } from '../release/environment-state.ts';
import type { ChosenSettings } from './choose-settings.ts';
import type { EnvironmentLock } from './hold-lock.ts';
import type { StateAccess } from './state-of.ts';

/** Domains whose certificate we request: those of HTTPS services and of APIs that name none. */
const certificateDomains = ({ services, apis }: AppSettings): string[] => [
  ...new Set([
    ...Object.values(services).flatMap(({ http }) =>
      http?.tls && !http.tls.certificateArn && http.domain ? [http.domain] : [],
    ),
    ...Object.values(apis).flatMap(({ domain }) => (domain && !domain.certificateArn ? [domain.name] : [])),
  ]),
];

/** How long a certificate with its record in place may take before we stop waiting: ACM mostly needs minutes. */
const ISSUE_MS = 5 * 60_000;

/**
 * Certificates are never resources of a stack, where a missing record makes it wait for hours (F-70). Requests those
 * that are missing after a yes, writes their records where the zone is ours, and waits. Answers with the state that
 * holds them, the very same when they were there; throws `certificate-pending` (exit 8) with the records that a person
 * has to create. A dry run only says so.
 */
export async function withCertificates(
  session: Session,
  { settings, access }: Pick<ChosenSettings, 'settings' | 'access'>,
  lock: EnvironmentLock,
): Promise<StateAccess> {
  if (certificateDomains(settings).length === 0) return access;
  const certificates = await ensureCertificates(session, settings, {
    state: access.state,
    keep: async (kept) => {
      await lock.take();
      await writeState(access.objects, session.environment.name, { ...access.state, certificates: kept });
    },
  });
  return canonicalJson(certificates) === canonicalJson(access.state.certificates)
    ? access
    : { ...access, state: { ...access.state, certificates } };
}

async function ensureCertificates(
  session: Session,
  settings: AppSettings,
  { state, keep }: { state: EnvironmentState; keep: (certificates: Record<string, string>) => Promise<void> },
): Promise<Record<string, string>> {
  const { aws, flags, prompter, reporter, target } = session;
  const domains = certificateDomains(settings);
  const key = (domain: string) => `${target.region}/${domain}`;
  const certificates = { ...state.certificates };
  const absent: string[] = [];
  for (const domain of domains) {
    const arn = certificates[key(domain)];
    if (!arn || !(await aws.acm.certificate(arn))) absent.push(domain);
  }
  if (flags.dryRun) {
    if (absent.length > 0) reporter.note(`would request certificates for ${absent.join(', ')}`);
    return certificates;
  }
  if (absent.length > 0) {
    await prompter.ask({
      text: `Request ${absent.length === 1 ? 'a certificate' : 'certificates'} for ${absent.join(', ')} in ${target.region}?`,
    });
    for (const domain of absent) {
      const token = createHash('sha256')
        .update(`${settings.project}/${settings.environment}/${domain}`)
        .digest('hex')
        .slice(0, 32);
      certificates[key(domain)] = await aws.acm.request(domain, { token });
    }
    await keep(certificates);
  }
  for (const domain of domains) await issued(session, domain, certificates[key(domain)]!);
  return certificates;
}

async function issued(session: Session, domain: string, arn: string): Promise<void> {
  const { aws, clock, reporter, signal, target } = session;
  const until = clock.now() + ISSUE_MS;
  let written: boolean | undefined;
  await reporter.step(`Certificate of ${domain}`, async (update) => {
    for (;;) {
      const certificate = await aws.acm.certificate(arn);
      if (certificate?.Status === 'ISSUED') return;
      if (certificate?.Status !== 'PENDING_VALIDATION') throw refused(domain, certificate);
      const record = recordOf(certificate);
      written ??= record && (await writeRecord(session, domain, record));
      if ((record && !written) || clock.now() > until) throw pending(domain, record);
      update(record ? 'waiting for ACM to see the record' : 'waiting for ACM to say which record it wants');
      await clock.sleep(target.pollMs, signal);
    }
  });
}

/** True where the zone is ours. In a rehearsal we play the owner of the domain too. */
async function writeRecord({ aws, reporter, target }: Session, domain: string, record: Cname): Promise<boolean> {
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

function recordOf({ DomainValidationOptions = [] }: CertificateDetail): Cname | undefined {
  const record = DomainValidationOptions[0]?.ResourceRecord;
  return record && { name: record.Name!, value: record.Value! };
}

const pending = (domain: string, record: Cname | undefined) =>
  new PlatformError({
    id: 'certificate-pending',
    kind: 'pending',
    message: record
      ? `The certificate of ${domain} waits for a DNS record: ${record.name} CNAME ${record.value}`
      : `ACM has not said yet which record it wants for ${domain}`,
    remedy: 'create exactly this record (DNS only, not proxied), then run the same command again',
  });

const refused = (domain: string, certificate: CertificateDetail | undefined) =>
  new PlatformError({
    id: 'certificate-refused',
    kind: 'failed',
    message: `ACM says ${certificate?.Status ?? 'nothing'} of the certificate of ${domain}${certificate?.FailureReason ? `: ${certificate.FailureReason}` : ''}`,
    remedy: `aws acm delete-certificate --certificate-arn ${certificate?.CertificateArn ?? '<arn>'}, then deploy again to request a new one`,
  });
