import { randomUUID } from 'node:crypto';
import type { RequestCertificateCommandInput } from '@aws-sdk/client-acm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { certificates } from '../state.ts';
import { validateCertificates } from '../validation.ts';

const HOUR_MS = 60 * 60_000;
/** https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const NAMES_PER_CERTIFICATE = 10;
const CERTIFICATES = 2500;
const DOMAIN_PATTERN = '(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])';

export function requestCertificate(input: RequestCertificateCommandInput, call: Call): { CertificateArn: string } {
  const { DomainName: domain = '', SubjectAlternativeNames = [], IdempotencyToken: token } = input;
  const complaint = violation([
    ['domainName', input.DomainName, { required: true, length: [1, 253], pattern: DOMAIN_PATTERN }],
    ...SubjectAlternativeNames.map(
      (name, index) =>
        [`subjectAlternativeNames.${index + 1}.member`, name, { length: [1, 253], pattern: DOMAIN_PATTERN }] as const,
    ),
    ['idempotencyToken', token, { length: [1, 32], pattern: '\\w+' }],
    ['validationMethod', input.ValidationMethod, { values: ['DNS', 'EMAIL', 'HTTP'] }],
  ]);
  if (complaint) throw new AwsFault('ValidationException', complaint);
  const names = [...new Set([domain, ...SubjectAlternativeNames].map((name) => name.toLowerCase()))];
  if (names.length > NAMES_PER_CERTIFICATE)
    throw new AwsFault(
      'LimitExceededException',
      `Error: you have exceeded the limit of ${NAMES_PER_CERTIFICATE} domain names for this certificate.`,
    );

  const now = call.world.clock.now();
  const same = certificates
    .in(call)
    .values()
    .find(
      (row) => token !== undefined && row.token === token && row.domain === names[0] && now - row.requested < HOUR_MS,
    );
  if (same) return { CertificateArn: same.arn };
  if (certificates.in(call).size >= CERTIFICATES)
    throw new AwsFault('LimitExceededException', `Error: you have reached your limit of ${CERTIFICATES} certificates.`);

  const arn = `arn:aws:acm:${call.region}:${call.account}:certificate/${randomUUID()}`;
  certificates.in(call).put(arn, {
    arn,
    domain: names[0]!,
    names,
    method: input.ValidationMethod === 'DNS' ? 'DNS' : 'EMAIL',
    status: 'PENDING_VALIDATION',
    keyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
    logsTransparency: input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
    created: call.world.clock.stamp(),
    requested: now,
    isValidating: false,
    tags: (input.Tags ?? []).map(({ Key = '', Value }) => ({ Key, ...(Value !== undefined && { Value }) })),
    ...(token !== undefined && { token }),
  });
  // The records of an earlier certificate for the same names prove this one too.
  validateCertificates(call);
  return { CertificateArn: arn };
}
