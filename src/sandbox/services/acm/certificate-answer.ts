import type { CertificateDetail, CertificateSummary, KeyAlgorithm } from '@aws-sdk/client-acm';
import type { Scope } from '../../kernel/scope.ts';
import type { CertificateRow } from './state.ts';
import { usersOf } from './users.ts';
import { validationRecord } from './validation.ts';

/** Certificates live for 198 days since the rules of browsers became stricter in 2026; before it was 13 months. */
const LIFETIME_MS = 198 * 24 * 60 * 60_000;

/** `RSA_2048` when asked for, `RSA-2048` when told (recording test_domain_validation). */
const shownAlgorithm = (name: string) => name.replace(/^RSA_/, 'RSA-') as KeyAlgorithm;

const KEY_USAGES = ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'] as const;
const PURPOSES = [
  { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
  { Name: 'TLS_WEB_CLIENT_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.2' },
] as const;

const validity = ({ issued }: CertificateRow) =>
  issued === undefined
    ? {}
    : { IssuedAt: new Date(issued), NotBefore: new Date(issued), NotAfter: new Date(issued + LIFETIME_MS) };

export function certificateDetail(row: CertificateRow, scope: Scope): CertificateDetail {
  const isIssued = row.status === 'ISSUED';
  const users = usersOf(row.arn, scope);
  return {
    CertificateArn: row.arn,
    DomainName: row.domain,
    SubjectAlternativeNames: [...row.names],
    DomainValidationOptions: row.names.map((DomainName) => ({
      DomainName,
      ValidationDomain: DomainName,
      ValidationStatus: isIssued ? 'SUCCESS' : 'PENDING_VALIDATION',
      ValidationMethod: row.method,
      ...(row.method === 'DNS'
        ? { ResourceRecord: validationRecord(scope.account, DomainName) }
        : { ValidationEmails: [] }),
    })),
    Subject: `CN=${row.domain}`,
    Issuer: 'Amazon',
    CreatedAt: new Date(row.created),
    ...validity(row),
    Status: row.status,
    KeyAlgorithm: shownAlgorithm(row.keyAlgorithm),
    SignatureAlgorithm: 'SHA256WITHRSA',
    InUseBy: users,
    Type: 'AMAZON_ISSUED',
    KeyUsages: isIssued ? KEY_USAGES.map((Name) => ({ Name })) : [],
    ExtendedKeyUsages: isIssued ? PURPOSES.map((purpose) => ({ ...purpose })) : [],
    RenewalEligibility: isIssued && users.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
    Options: { CertificateTransparencyLoggingPreference: row.logsTransparency, Export: 'DISABLED' },
  };
}

export function certificateSummary(row: CertificateRow, scope: Scope): CertificateSummary {
  const isIssued = row.status === 'ISSUED';
  const users = usersOf(row.arn, scope);
  return {
    CertificateArn: row.arn,
    DomainName: row.domain,
    SubjectAlternativeNameSummaries: [...row.names],
    HasAdditionalSubjectAlternativeNames: false,
    Status: row.status,
    Type: 'AMAZON_ISSUED',
    KeyAlgorithm: shownAlgorithm(row.keyAlgorithm),
    KeyUsages: isIssued ? [...KEY_USAGES] : [],
    ExtendedKeyUsages: isIssued ? PURPOSES.map(({ Name }) => Name) : [],
    ExportOption: 'DISABLED',
    InUse: users.length > 0,
    Exported: false,
    RenewalEligibility: isIssued && users.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
    ...validity(row),
    CreatedAt: new Date(row.created),
  };
}
