import { createHash } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { records } from '../route53/state.ts';
import { type CertificateRow, certificates } from './state.ts';

export const ISSUE_DUE = 'acm.issue-due';
/** From the record's appearance to the certificate; AWS says "several minutes", up to half an hour. */
const VALIDATION_MS = 3 * 60_000;

/** The record that proves who owns a domain: the same for every certificate of an account (user guide, DNS validation). */
export function validationRecord(account: string, domain: string): { Name: string; Type: 'CNAME'; Value: string } {
  const bare = domain.replace(/^\*\./, '');
  const digest = (salt: string) => createHash('md5').update(`${salt} ${account} ${bare}`).digest('hex');
  return {
    Name: `_${digest('name')}.${bare}.`,
    Type: 'CNAME',
    Value: `_${digest('value')}.${digest('zone').slice(0, 10).replace(/\d/g, 'x')}.acm-validations.aws.`,
  };
}

/** Looks in the hosted zones of the account; certificates of all regions whose records are there are on their way. */
export function validateCertificates(scope: Scope): void {
  for (const partition of scope.world.store.partitions('acm.certificates')) {
    const [account, region] = partition.split('/') as [string, string];
    if (account !== scope.account) continue;
    const there = { world: scope.world, account, region };
    for (const row of certificates.in(there).values()) if (row.status === 'PENDING_VALIDATION') validate(row, there);
  }
}

function validate(row: CertificateRow, scope: Scope): void {
  if (row.method !== 'DNS' || row.isValidating || !row.names.every((name) => isProven(name, scope))) return;
  certificates.in(scope).update(row.arn, (draft) => {
    draft.isValidating = true;
  });
  scope.world.schedule(scope, { afterMs: VALIDATION_MS, kind: ISSUE_DUE, payload: { arn: row.arn } });
}

function isProven(domain: string, scope: Scope): boolean {
  const wanted = validationRecord(scope.account, domain);
  return records
    .in(scope)
    .values()
    .some(
      ({ set }) =>
        set.Name === wanted.Name &&
        set.Type === 'CNAME' &&
        set.ResourceRecords?.some(({ Value = '' }) => `${Value.replace(/\.$/, '')}.` === wanted.Value),
    );
}

/** Makes a pending certificate valid: when its timer is due, or when somebody says that its records stand elsewhere. */
export function issueCertificate({ arn }: { arn: string }, scope: Scope): void {
  if (certificates.in(scope).get(arn)?.status !== 'PENDING_VALIDATION') return;
  certificates.in(scope).update(arn, (draft) => {
    draft.status = 'ISSUED';
    draft.issued = scope.world.clock.stamp();
  });
}
