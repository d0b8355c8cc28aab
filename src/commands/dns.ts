import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { UNPROXY } from '../domain/dns-proxy.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { NamesOutcome, ShownName } from '../operations/dns/names.ts';

const EXAMPLES = `
Examples:
  $ platform dns status --env prod                    where each host name leads, and where it should
  $ platform dns write --env prod --yes               creates records in zones of this account
  $ platform dns write --env prod --confirm prod/dns.app.example.com`;

export function dnsCommand(context: Context): Command {
  return new Command('dns')
    .summary('see where host names lead, and write their records where the zone is in Route 53')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('status')
        .summary('show where each host name leads; exit 8 while a record is missing')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { namesStatus } = await import('../operations/dns/names.ts');
          const session = await context.open();
          const outcome = await namesStatus(session);
          context.reporter.result(namesText(outcome), outcome);
          refuseAstray(outcome, environmentFlags(session.environment));
        }),
    )
    .addCommand(
      new Command('write')
        .summary('write the records of host names whose zone is in this account')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { writeNames } = await import('../operations/dns/write-names.ts');
          const outcome = await writeNames(await context.open());
          context.reporter.result(namesText(outcome), outcome);
        }),
    );
}

function namesText({ environment, names, dryRun }: NamesOutcome): string {
  if (names.length === 0) return `Nothing that is deployed in ${environment} has a host name of its own`;
  return [
    columns(names.map((name) => [name.domain, name.of, stateText(name)])),
    ...(dryRun ? ['Nothing was changed'] : []),
  ].join('\n');
}

function stateText({ state, record, leadsTo, zone, written }: ShownName): string {
  const wanted = `${record.type} ${record.value}`;
  const where = zone === null ? 'with whoever keeps its zone' : `in zone ${zone}`;
  if (state === 'right') return `${written ? 'written: ' : ''}leads to ${record.value}`;
  if (state === 'missing') return `leads nowhere: ${wanted} is missing ${where}`;
  if (state === 'elsewhere') return `leads to ${leadsTo.join(', ')}: it wants ${wanted} ${where}`;
  if (state === 'proxied')
    return `is answered by Cloudflare's proxy (${leadsTo.join(', ')}): ${UNPROXY}, with ${wanted}`;
  return `wants ${wanted} ${where}; nobody could be asked where it leads`;
}

function refuseAstray({ names, environment }: NamesOutcome, flags: string): void {
  const astray = names.filter(({ state }) => state === 'missing' || state === 'elsewhere');
  if (astray.length === 0) return;
  const isOurs = astray.some(({ zone }) => zone !== null);
  throw new PlatformError({
    id: 'names-astray',
    kind: 'pending',
    message: `Host names of ${environment} do not lead to it: ${astray.map(({ domain, state }) => `${domain} (${state})`).join(', ')}`,
    remedy: isOurs
      ? `platform dns write ${flags} writes those whose zone is in this account; create the others with whoever keeps their zone`
      : 'create the records that are shown with whoever keeps the zone',
  });
}
