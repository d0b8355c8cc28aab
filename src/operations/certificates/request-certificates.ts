import { createHash } from 'node:crypto';
import type { Session } from '../../context.ts';
import type { WantedCertificate } from '../../release/wanted-certificates.ts';

/** Statuses from which a certificate never comes back. */
const DEAD = new Set(['FAILED', 'EXPIRED', 'REVOKED', 'VALIDATION_TIMED_OUT']);

export interface RequestedCertificates {
  /** ARN by place, those of before among them. */
  certificates: Record<string, string>;
  requested: WantedCertificate[];
}

/**
 * Requests what is wanted and not there, or there and dead, after a yes; a dry run only says so. The same certificate
 * is never asked for twice: within an hour ACM knows the token, after it the state knows the ARN. `before` is done
 * between the yes and the first request.
 */
export async function requestCertificates(
  {
    aws,
    environment,
    flags,
    prompter,
    reporter,
  }: Pick<Session, 'aws' | 'environment' | 'flags' | 'prompter' | 'reporter'>,
  wanted: readonly WantedCertificate[],
  { known, before }: { known: Readonly<Record<string, string>>; before: () => Promise<void> },
): Promise<RequestedCertificates> {
  const certificates = { ...known };
  const missing: { certificate: WantedCertificate; attempt: string }[] = [];
  for (const certificate of wanted) {
    const arn = certificates[certificate.place];
    const found = arn ? await aws.in(certificate.region).acm.certificate(arn) : undefined;
    // A token that stood for a dead certificate would bring the dead one back.
    if (!found || DEAD.has(found.Status!)) missing.push({ certificate, attempt: found ? `/${arn}` : '' });
  }
  const named = missing.map(({ certificate: { domain, region } }) => `${domain} in ${region}`).join(', ');
  if (missing.length === 0) return { certificates, requested: [] };
  if (flags.dryRun) {
    reporter.note(`would request certificates for ${named}`);
    return { certificates, requested: missing.map(({ certificate }) => certificate) };
  }
  await prompter.ask({ text: `Request ${missing.length === 1 ? 'a certificate' : 'certificates'} for ${named}?` });
  await before();
  for (const { certificate, attempt } of missing) {
    const { domain, place, region } = certificate;
    const token = createHash('sha256')
      .update(`${environment.project}/${environment.name}/${domain}${attempt}`)
      .digest('hex')
      .slice(0, 32);
    certificates[place] = await aws.in(region).acm.request(domain, { token });
  }
  return { certificates, requested: missing.map(({ certificate }) => certificate) };
}
