import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { sightText } from '../domain/record-sight.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { CertificatesOutcome } from '../operations/certificates/certificates.ts';
import { durationMs } from './duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform cert request --env prod
  $ platform cert status --env prod --json
  $ platform cert wait --env prod --timeout 1h      exit 8 while a record is missing`;

export function certCommand(context: Context): Command {
  return new Command('cert')
    .summary('request certificates where they are used, and see what they wait for')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('request')
        .summary('request what is missing, and write its records where the zone is in Route 53')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { requestWanted } = await import('../operations/certificates/certificates.ts');
          const outcome = await requestWanted(await context.open());
          context.reporter.result(certificatesText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('status')
        .summary('show every certificate, and the exact record that it waits for')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { certificateStatus } = await import('../operations/certificates/certificates.ts');
          const session = await context.open();
          const outcome = await certificateStatus(session);
          context.reporter.result(certificatesText(outcome), outcome);
          refuseUnissued(outcome, environmentFlags(session.environment));
        }),
    )
    .addCommand(
      new Command('wait')
        .summary('wait until every certificate is issued')
        .addOption(new Option('--timeout <time>', 'how long to wait').argParser(durationMs).default(30 * 60_000, '30m'))
        .addHelpText('after', EXAMPLES)
        .action(async ({ timeout }: { timeout: number }) => {
          const { waitForCertificates } = await import('../operations/certificates/certificates.ts');
          const session = await context.open();
          const outcome = await waitForCertificates(session, { forMs: timeout });
          refuseUnissued(outcome, environmentFlags(session.environment));
          context.reporter.result(certificatesText(outcome), outcome);
        }),
    );
}

function certificatesText({ environment, certificates, dryRun }: CertificatesOutcome): string {
  if (certificates.length === 0) return `${environment} wants no certificate of ours: nothing says certificate: auto`;
  const rows = certificates.map(({ domain, region, status, usedBy }) => [domain, region, status, usedBy.join(', ')]);
  const records = certificates.flatMap(({ domain, record, recordSeen, recordWritten }) =>
    record
      ? [
          `${domain} waits for ${record.name} CNAME ${record.value}${recordWritten ? ', which was written to Route 53' : ''}`,
          ...[sightText(recordSeen, record)].filter((text) => text !== undefined),
        ]
      : [],
  );
  return [columns(rows), ...records, ...(dryRun ? ['Nothing was changed'] : [])].join('\n');
}

function refuseUnissued({ certificates, environment }: CertificatesOutcome, flags: string): void {
  const open = certificates.filter(({ status }) => status !== 'ISSUED');
  if (open.length === 0) return;
  const named = open.map(({ domain, status }) => `${domain} (${status})`).join(', ');
  if (open.every(({ status }) => status === 'PENDING_VALIDATION'))
    throw new PlatformError({
      id: 'certificates-pending',
      kind: 'pending',
      message: `Certificates of ${environment} wait for their records: ${named}`,
      remedy: `create exactly the records that are shown (DNS only, not proxied), then platform cert wait ${flags}`,
    });
  throw new PlatformError({
    id: 'certificates-missing',
    kind: 'failed',
    message: `Certificates of ${environment} are not there: ${named}`,
    remedy: `platform cert request ${flags}`,
  });
}
