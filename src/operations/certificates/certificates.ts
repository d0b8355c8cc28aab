import type { Session } from '../../context.ts';
import { type RecordSight, sightText } from '../../domain/record-sight.ts';
import { writeState } from '../../release/environment-state.ts';
import { type WantedCertificate, wantedCertificates } from '../../release/wanted-certificates.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { recordOf, sightOf, writeRecord } from './certificate-record.ts';
import { proveCertificate } from './prove-certificate.ts';
import { requestCertificates } from './request-certificates.ts';

/** The contract of `cert request|status|wait --json`. */
export interface CertificatesOutcome {
  environment: string;
  certificates: ShownCertificate[];
  dryRun: boolean;
}

export interface ShownCertificate {
  domain: string;
  region: string;
  usedBy: string[];
  arn: string | null;
  /** As ACM says it; `MISSING` before it is requested. */
  status: string;
  /** What has to stand in the DNS of the domain; null while ACM has not said it, and once nothing is waited for. */
  record: { name: string; type: 'CNAME'; value: string } | null;
  /** How the world sees that record; null where none is waited for. */
  recordSeen: RecordSight | null;
  /** Whether it was requested, or would be, by this command. */
  requested: boolean;
  /** Whether its record was written to Route 53 by this command. */
  recordWritten: boolean;
}

/** How every certificate stands that the configuration wants; only reads. */
export async function certificateStatus(session: Session): Promise<CertificatesOutcome> {
  const { environment, target } = session;
  const { state } = await stateOf(session);
  const wanted = wantedCertificates(environment.blocks, target.region);
  const certificates = await Promise.all(wanted.map((one) => shown(session, one, state.certificates[one.place])));
  return { environment: environment.name, certificates, dryRun: session.flags.dryRun };
}

/** Requests what is missing, each where it is used, and writes the records of zones that are ours. Waits for nothing. */
export async function requestWanted(session: Session): Promise<CertificatesOutcome> {
  const { environment, flags, target } = session;
  const wanted = wantedCertificates(environment.blocks, target.region);
  const lock = await lazyLock(session, { command: 'cert request' });
  try {
    const { objects, state } = await stateOf(session);
    const before = () => lock.take();
    const answer = await requestCertificates(session, wanted, { known: state.certificates, before });
    const { certificates, requested } = answer;
    if (lock.taken()) await writeState(objects, environment.name, { ...state, certificates });
    const asked = new Set(requested.map(({ place }) => place));
    const rows: ShownCertificate[] = [];
    for (const one of wanted) {
      const row = await shown(session, one, certificates[one.place]);
      const recordWritten =
        !flags.dryRun && row.record !== null && (await writeRecord(session, one.domain, row.record));
      rows.push({ ...row, requested: asked.has(one.place), recordWritten });
    }
    return { environment: environment.name, certificates: rows, dryRun: flags.dryRun };
  } finally {
    await lock.release();
  }
}

/** Waits until every certificate is issued, with its record in place or not. Throws `certificate-pending` (exit 8). */
export async function waitForCertificates(
  session: Session,
  { forMs }: { forMs: number },
): Promise<CertificatesOutcome> {
  const { environment, target } = session;
  const { state } = await stateOf(session);
  for (const one of wantedCertificates(environment.blocks, target.region)) {
    const arn = state.certificates[one.place];
    const { record, recordSeen } = await shown(session, one, arn);
    const wrong = record && sightText(recordSeen, record);
    if (wrong) session.reporter.warn(wrong);
    if (arn) await proveCertificate(session, one, { arn, forMs, patient: true });
  }
  return certificateStatus(session);
}

async function shown(
  session: Pick<Session, 'aws' | 'target' | 'variables'>,
  { domain, region, usedBy }: WantedCertificate,
  arn: string | undefined,
): Promise<ShownCertificate> {
  const found = arn ? await session.aws.in(region).acm.certificate(arn) : undefined;
  const record = found?.Status === 'PENDING_VALIDATION' ? recordOf(found) : undefined;
  return {
    domain,
    region,
    usedBy,
    arn: found ? arn! : null,
    status: found?.Status ?? 'MISSING',
    record: record ? { name: record.name, type: 'CNAME', value: record.value } : null,
    recordSeen: record ? await sightOf(session, record) : null,
    requested: false,
    recordWritten: false,
  };
}
