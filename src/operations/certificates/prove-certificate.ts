import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { Cname } from '../../aws/route53.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { WantedCertificate } from '../../release/wanted-certificates.ts';
import { recordOf, writeRecord } from './certificate-record.ts';

/** How long a certificate with its record in place may take before we stop waiting: ACM mostly needs minutes. */
export const ISSUE_MS = 5 * 60_000;

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

/**
 * Waits until a certificate is issued, and writes its record where the zone is ours. Throws `certificate-pending`
 * (exit 8) with the record that a person has to create, `certificate-refused` when ACM has given up. `patient` waits
 * for somebody else's record too.
 */
export async function proveCertificate(
  session: Powers,
  { domain, region }: Pick<WantedCertificate, 'domain' | 'region'>,
  { arn, forMs = ISSUE_MS, patient = false }: { arn: string; forMs?: number; patient?: boolean },
): Promise<void> {
  const { aws, clock, environment, reporter, signal, target } = session;
  const { acm } = aws.in(region);
  const until = clock.now() + forMs;
  let written: boolean | undefined;
  await reporter.step(`Certificate of ${domain} in ${region}`, async (update) => {
    for (;;) {
      const certificate = await acm.certificate(arn);
      if (certificate?.Status === 'ISSUED') return;
      if (certificate?.Status !== 'PENDING_VALIDATION') throw refused(domain, certificate);
      const record = recordOf(certificate);
      written ??= record && (await writeRecord(session, domain, record));
      if ((record && !written && !patient) || clock.now() > until)
        throw pending(domain, record, environmentFlags(environment));
      update(
        record
          ? `waiting for ACM to see ${record.name} CNAME ${record.value}`
          : 'waiting for ACM to say which record it wants',
      );
      await clock.sleep(target.pollMs, signal);
    }
  });
}

const pending = (domain: string, record: Cname | undefined, flags: string) =>
  new PlatformError({
    id: 'certificate-pending',
    kind: 'pending',
    message: record
      ? `The certificate of ${domain} waits for a DNS record: ${record.name} CNAME ${record.value}`
      : `ACM has not said yet which record it wants for ${domain}`,
    remedy: `create exactly this record (DNS only, not proxied), then platform cert wait ${flags}`,
  });

const refused = (domain: string, certificate: CertificateDetail | undefined) =>
  new PlatformError({
    id: 'certificate-refused',
    kind: 'failed',
    message: `ACM says ${certificate?.Status ?? 'nothing'} of the certificate of ${domain}${certificate?.FailureReason ? `: ${certificate.FailureReason}` : ''}`,
    remedy: 'platform cert request asks for a new one in its place',
  });
